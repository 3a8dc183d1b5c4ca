/** Goods that a buyer sent back: they come in again, and what cannot be sold any more goes out at once. */
import { accept, type Decision, refuse } from '@emporium/domain';
import {
  type AdjustableLocation,
  type AdjustmentState,
  highestReceived,
  type LocatedAdjustment,
} from './adjustment.ts';
import type { LocationId, ReturnId, UserId, VariantId } from './ids.ts';

/** Units that came back, and where; null is the seller's default location. */
export type ReturnedUnits = {
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly disposition: 'RESTOCK' | 'WRITE_OFF';
  readonly locationId: LocationId | null;
};

/** Who says so: not a user, but orders, when a seller has received a return. */
export const toldByOrders = 'orders';

/** What each of its movements is known by, for ever. */
const keysOf = (returnId: ReturnId, position: number) => ({
  back: `return ${returnId} ${position}`,
  writtenOff: `return ${returnId} ${position} written off`,
});

/** The keys of all movements that a return of so many lines may lead to. */
export const keysOfReturn = (returnId: ReturnId, lines: readonly ReturnedUnits[]): readonly string[] =>
  lines.flatMap((_, position) => Object.values(keysOf(returnId, position)));

export type ReturnDecision = Decision<LocatedAdjustment, 'UNKNOWN_VARIANT' | 'STOCK_LIMIT_REACHED'>;

/** The movements that take place; none when the return was heard of before. Whatever came back is there: nobody can refuse it. */
export const takeBack = (
  returnId: ReturnId,
  lines: readonly ReturnedUnits[],
  { stock, locations, earlier }: AdjustmentState,
): ReturnDecision => {
  if (earlier.size > 0) return accept();
  const received = new Map([...stock].map(([id, level]) => [id, level.received]));
  const movements: LocatedAdjustment[] = [];
  for (const [position, { variantId, quantity, disposition, locationId }] of lines.entries()) {
    const level = stock.get(variantId);
    const place = level && placeFor(level.sellerId, locationId, locations);
    if (!place) return refuse('UNKNOWN_VARIANT');
    const after = (received.get(variantId) ?? 0) + quantity;
    if (after > highestReceived) return refuse('STOCK_LIMIT_REACHED');
    const keys = keysOf(returnId, position);
    const moved = { variantId, locationId: place.id };
    movements.push({
      ...{ ...moved, kind: 'RETURN', delta: quantity, reason: 'Sent back by its buyer' },
      idempotencyKey: keys.back,
    });
    received.set(variantId, disposition === 'RESTOCK' ? after : after - quantity);
    if (disposition === 'RESTOCK') continue;
    movements.push({
      ...{ ...moved, kind: 'WRITE_OFF', delta: -quantity, reason: 'Sent back, and not to be sold again' },
      idempotencyKey: keys.writtenOff,
    });
  }
  return accept(...movements);
};

/** The named location if it is open and its seller's; else the default one, which always is. */
const placeFor = (
  sellerId: UserId,
  wanted: LocationId | null,
  locations: readonly AdjustableLocation[],
): AdjustableLocation | undefined => {
  const own = locations.filter((location) => location.sellerId === sellerId);
  return own.find(({ id, active }) => id === wanted && active) ?? own.find(({ isDefault }) => isDefault);
};
