import type { InventoryTables } from './inventory-tables.ts';

/** How many units of a variant can be ordered, as it is committed. */
export const levelsOfVariant = ({ levels }: InventoryTables, variantId: string): number =>
  [...levels.committed.values()]
    .filter((level) => level.variantId === variantId)
    .reduce((sum, { available }) => sum + available, 0);
