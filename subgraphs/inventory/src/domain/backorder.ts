/** What was ordered beyond what is there: how much of it may be, and who gets what comes. */
import { type Allocation, type AvailableAt, allocate, totalOf, without } from './allocation.ts';
import type { OrderId, VariantId } from './ids.ts';

/** Whether a seller lets more of a variant be ordered than there is, and how many units may wait at once: null is any number. */
export type BackorderTerms = { readonly allowed: boolean; readonly limit: number | null };

/** How many more units may wait, of variants whose sellers let any wait. */
export type BackorderRoom = ReadonlyMap<VariantId, number>;

/** `waiting` is of the whole variant. A limit that was lowered below it takes nothing back, and lets nobody in. */
export const roomFor = ({ allowed, limit }: BackorderTerms, waiting: number): number => {
  if (!allowed) return 0;
  return limit === null ? Number.POSITIVE_INFINITY : Math.max(0, limit - waiting);
};

/** So many units of one variant that an order still waits for. */
export type Waiting = { readonly orderId: OrderId; readonly waiting: number };

/** What an order gets of what came, and how many it waits for after it. */
export type Filling = {
  readonly orderId: OrderId;
  readonly allocations: readonly Allocation[];
  readonly waiting: number;
};

/** The oldest gets all that it waits for, as far as there is any; then the next. Who gets nothing is left out. */
export const fill = (
  oldestFirst: readonly Waiting[],
  levels: readonly AvailableAt[],
): readonly Filling[] => {
  let left = levels;
  const fillings: Filling[] = [];
  for (const { orderId, waiting } of oldestFirst) {
    const allocations = allocate(waiting, left);
    const came = allocations.reduce((sum, { quantity }) => sum + quantity, 0);
    if (came === 0) break;
    fillings.push({ orderId, allocations, waiting: waiting - came });
    left = without(left, allocations);
    if (totalOf(left) === 0) break;
  }
  return fillings;
};
