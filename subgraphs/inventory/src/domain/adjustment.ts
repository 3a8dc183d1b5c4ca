/** Goods that come or go other than by an order: who may say so, and when it cannot be true. */
import { accept, type Decision, refuse } from '@emporium/domain';
import { type Actor, actsFor } from './actor.ts';
import type { LocationId, UserId, VariantId } from './ids.ts';

export const movementKinds = ['RECEIPT', 'ADJUSTMENT', 'WRITE_OFF', 'RETURN'] as const;

/** Only an ADJUSTMENT, a correction of the count, may go either way. */
export type MovementKind = (typeof movementKinds)[number];

export type Adjustment = {
  readonly variantId: VariantId;
  /** Where; null is the seller's default location. */
  readonly locationId: LocationId | null;
  /** Units: more when positive, fewer when negative, never 0. */
  readonly delta: number;
  readonly kind: MovementKind;
  readonly reason: string;
  /** Unique per actor, for ever. */
  readonly idempotencyKey: string;
};

/** An adjustment whose location is known. */
export type LocatedAdjustment = Adjustment & { readonly locationId: LocationId };

export type AdjustmentRefusal =
  | 'NOT_FOUND'
  | 'LOCATION_NOT_FOUND'
  | 'LOCATION_INACTIVE'
  | 'SELLER_SUSPENDED'
  | 'INSUFFICIENT_STOCK'
  | 'STOCK_LIMIT_REACHED'
  | 'IDEMPOTENCY_MISMATCH';

/** A variant's stock as an adjustment sees it. `received` is the sum of all its movements, wherever they were. */
export type AdjustableStock = {
  readonly sellerId: UserId;
  /** False while the seller is suspended. */
  readonly maySell: boolean;
  readonly received: number;
  /** Locations that never had any are left out. */
  readonly available: ReadonlyMap<LocationId, number>;
};

export type AdjustableLocation = {
  readonly id: LocationId;
  readonly sellerId: UserId;
  readonly active: boolean;
  readonly isDefault: boolean;
};

/** What is known before an adjustment: stock by variant, its sellers' locations, and what the actor asked for earlier, by key. */
export type AdjustmentState = {
  readonly stock: ReadonlyMap<VariantId, AdjustableStock>;
  readonly locations: readonly AdjustableLocation[];
  readonly earlier: ReadonlyMap<string, LocatedAdjustment>;
};

/** The adjustment that takes place; no event means that it had already taken place. */
export type AdjustmentDecision = Decision<LocatedAdjustment, AdjustmentRefusal>;

/** Every column of the stock stays far from where a 32-bit integer ends. */
export const highestReceived = 2_000_000_000;

/** Whether the kind may move stock in that direction. */
export const directionFits = (kind: MovementKind, delta: number): boolean =>
  kind === 'ADJUSTMENT' || (kind === 'WRITE_OFF' ? delta < 0 : delta > 0);

export const decide = (
  adjustment: Adjustment,
  actor: Actor,
  { stock, locations, earlier }: AdjustmentState,
): AdjustmentDecision => {
  const level = stock.get(adjustment.variantId);
  const location = level && placeOf(adjustment, level, locations);
  const sameKey = earlier.get(adjustment.idempotencyKey);
  if (sameKey) {
    const isSame = asksTheSame(sameKey, { ...adjustment, locationId: location?.id ?? null });
    return isSame ? accept() : refuse('IDEMPOTENCY_MISMATCH');
  }
  if (!level || !actsFor(actor, level)) return refuse('NOT_FOUND');
  if (!(level.maySell || actor.isAdmin)) return refuse('SELLER_SUSPENDED');
  if (!location) return refuse('LOCATION_NOT_FOUND');
  // What is at a closed location can still be lost, and the count of it wrong; nothing comes to it.
  if (!location.active && adjustment.delta > 0) return refuse('LOCATION_INACTIVE');
  if ((level.available.get(location.id) ?? 0) + adjustment.delta < 0) return refuse('INSUFFICIENT_STOCK');
  if (level.received + adjustment.delta > highestReceived) return refuse('STOCK_LIMIT_REACHED');
  return accept({ ...adjustment, locationId: location.id });
};

/** The named location or the default one, if it is the variant's seller's. */
const placeOf = (
  { locationId }: Adjustment,
  { sellerId }: AdjustableStock,
  locations: readonly AdjustableLocation[],
): AdjustableLocation | undefined =>
  locations.find(
    (location) =>
      location.sellerId === sellerId &&
      (locationId === null ? location.isDefault : location.id === locationId),
  );

export const evolve = (state: AdjustmentState, done: LocatedAdjustment): AdjustmentState => {
  const level = state.stock.get(done.variantId);
  if (!level) return state;
  const there = level.available.get(done.locationId) ?? 0;
  const moved = {
    ...level,
    available: new Map(level.available).set(done.locationId, there + done.delta),
    received: level.received + done.delta,
  };
  return {
    ...state,
    stock: new Map(state.stock).set(done.variantId, moved),
    earlier: new Map(state.earlier).set(done.idempotencyKey, done),
  };
};

const asksTheSame = (a: Adjustment, b: Adjustment): boolean =>
  a.variantId === b.variantId &&
  a.locationId === b.locationId &&
  a.delta === b.delta &&
  a.kind === b.kind &&
  a.reason === b.reason;

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
