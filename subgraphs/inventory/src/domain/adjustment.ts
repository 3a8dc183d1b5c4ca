/** Goods that come or go other than by an order: who may say so, and when it cannot be true. */
import { accept, type Decision, refuse } from '@emporium/domain';
import { type Actor, actsFor } from './actor.ts';
import type { UserId, VariantId } from './ids.ts';

export const movementKinds = ['RECEIPT', 'ADJUSTMENT', 'WRITE_OFF', 'RETURN'] as const;

/** Only an ADJUSTMENT, a correction of the count, may go either way. */
export type MovementKind = (typeof movementKinds)[number];

export type Adjustment = {
  readonly variantId: VariantId;
  /** Units: more when positive, fewer when negative, never 0. */
  readonly delta: number;
  readonly kind: MovementKind;
  readonly reason: string;
  /** Unique per actor, for ever. */
  readonly idempotencyKey: string;
};

export type AdjustmentRefusal =
  | 'NOT_FOUND'
  | 'SELLER_SUSPENDED'
  | 'INSUFFICIENT_STOCK'
  | 'STOCK_LIMIT_REACHED'
  | 'IDEMPOTENCY_MISMATCH';

/** A variant's stock as an adjustment sees it. `received` is the sum of all its movements. */
export type AdjustableStock = {
  readonly sellerId: UserId;
  /** False while the seller is suspended. */
  readonly maySell: boolean;
  readonly available: number;
  readonly received: number;
};

/** What is known before an adjustment: stock by variant, and what the actor asked for earlier, by key. */
export type AdjustmentState = {
  readonly stock: ReadonlyMap<VariantId, AdjustableStock>;
  readonly earlier: ReadonlyMap<string, Adjustment>;
};

/** The adjustment that takes place; no event means that it had already taken place. */
export type AdjustmentDecision = Decision<Adjustment, AdjustmentRefusal>;

/** Every column of the stock stays far from where a 32-bit integer ends. */
export const highestReceived = 2_000_000_000;

/** Whether the kind may move stock in that direction. */
export const directionFits = (kind: MovementKind, delta: number): boolean =>
  kind === 'ADJUSTMENT' || (kind === 'WRITE_OFF' ? delta < 0 : delta > 0);

export const decide = (
  adjustment: Adjustment,
  actor: Actor,
  { stock, earlier }: AdjustmentState,
): AdjustmentDecision => {
  const sameKey = earlier.get(adjustment.idempotencyKey);
  if (sameKey) return asksTheSame(sameKey, adjustment) ? accept() : refuse('IDEMPOTENCY_MISMATCH');
  const level = stock.get(adjustment.variantId);
  if (!level || !actsFor(actor, level)) return refuse('NOT_FOUND');
  if (!(level.maySell || actor.isAdmin)) return refuse('SELLER_SUSPENDED');
  if (level.available + adjustment.delta < 0) return refuse('INSUFFICIENT_STOCK');
  if (level.received + adjustment.delta > highestReceived) return refuse('STOCK_LIMIT_REACHED');
  return accept(adjustment);
};

export const evolve = (state: AdjustmentState, done: Adjustment): AdjustmentState => {
  const level = state.stock.get(done.variantId);
  if (!level) return state;
  const moved = {
    ...level,
    available: level.available + done.delta,
    received: level.received + done.delta,
  };
  return {
    stock: new Map(state.stock).set(done.variantId, moved),
    earlier: new Map(state.earlier).set(done.idempotencyKey, done),
  };
};

const asksTheSame = (a: Adjustment, b: Adjustment): boolean =>
  a.variantId === b.variantId && a.delta === b.delta && a.kind === b.kind && a.reason === b.reason;

/** Decides many as if they came one after the other: a refused one does not hold up the others. */
export const decideAll = (
  adjustments: readonly Adjustment[],
  actor: Actor,
  state: AdjustmentState,
): readonly AdjustmentDecision[] => {
  let current = state;
  return adjustments.map((adjustment) => {
    const decision = decide(adjustment, actor, current);
    if (decision.ok) current = decision.events.reduce(evolve, current);
    return decision;
  });
};
