/** From which locations units are taken. */
import type { LocationId } from './ids.ts';

/** What can be ordered of a variant at one location. */
export type AvailableAt = { readonly locationId: LocationId; readonly available: number };

/** So many units, taken at one location. */
export type Allocation = { readonly locationId: LocationId; readonly quantity: number };

export const totalOf = (levels: readonly AvailableAt[]): number =>
  levels.reduce((sum, { available }) => sum + available, 0);

/** Takes from the first location what it has, the rest from the next; less than wanted where all together have less. */
export const allocate = (wanted: number, levels: readonly AvailableAt[]): readonly Allocation[] => {
  let missing = wanted;
  return levels.flatMap(({ locationId, available }) => {
    const quantity = Math.min(missing, available);
    missing -= quantity;
    return quantity > 0 ? [{ locationId, quantity }] : [];
  });
};

/** What is left of the levels when these units are gone. */
export const without = (
  levels: readonly AvailableAt[],
  taken: readonly Allocation[],
): readonly AvailableAt[] =>
  levels.map(({ locationId, available }) => {
    const gone = taken.find((allocation) => allocation.locationId === locationId)?.quantity ?? 0;
    return { locationId, available: available - gone };
  });
