/** Units that somebody keeps for a while before they order: a cart's hold. */
import { accept, type Decision, type Instant, refuse } from '@emporium/domain';
import { type Actor, maySee } from './actor.ts';
import { type Allocation, type AvailableAt, allocate, totalOf } from './allocation.ts';
import type { HoldId, UserId, VariantId } from './ids.ts';

export type HoldState = 'ACTIVE' | 'RELEASED' | 'EXPIRED' | 'ORDERED';

export type Hold = {
  readonly id: HoldId;
  readonly holderId: UserId;
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly state: HoldState;
  readonly expiresAt: Instant;
};

export type NewHold = {
  readonly variantId: VariantId;
  readonly quantity: number;
  /** Unique per holder, for ever. */
  readonly idempotencyKey: string;
};

export type HoldRefusal =
  | 'NOT_FOUND'
  | 'INSUFFICIENT_STOCK'
  | 'TOO_MANY_RESERVATIONS'
  | 'IDEMPOTENCY_MISMATCH';

/** What is known before: the variant and what can be ordered of it, and what the holder holds. */
export type HoldableStock = {
  readonly variant: { readonly sellerId: string; readonly active: boolean } | null;
  readonly available: readonly AvailableAt[];
  readonly activeHolds: number;
};

const mostHolds = 100;

/** Where the units are taken. */
export const hold = (
  { quantity }: NewHold,
  actor: Actor,
  { variant, available, activeHolds }: HoldableStock,
): Decision<readonly Allocation[], HoldRefusal> => {
  if (!variant || !maySee(actor, variant)) return refuse('NOT_FOUND');
  if (activeHolds >= mostHolds) return refuse('TOO_MANY_RESERVATIONS');
  if (totalOf(available) < quantity) return refuse('INSUFFICIENT_STOCK');
  return accept(allocate(quantity, available));
};

export const mayEndHold = (actor: Actor, { holderId }: Pick<Hold, 'holderId'>): boolean =>
  actor.isAdmin || actor.id === holderId;

export const asksTheSame = (earlier: Hold, { variantId, quantity }: NewHold): boolean =>
  earlier.variantId === variantId && earlier.quantity === quantity;
