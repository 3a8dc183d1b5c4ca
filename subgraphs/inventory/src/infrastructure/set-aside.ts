import type { Allocation } from '../domain/allocation.ts';
import type { VariantId } from '../domain/ids.ts';
import type { Prisma } from './generated/client.ts';

/**
 * Moves units from available to reserved. The stock is locked already; the condition repeats the decision, so that no bug
 * elsewhere can oversell.
 */
export const setAside = async (
  tx: Prisma.TransactionClient,
  taken: readonly (Allocation & { readonly variantId: VariantId })[],
): Promise<void> => {
  const moved = await tx.$executeRaw`
    UPDATE stock_levels AS level
    SET available = available - quantity, reserved = reserved + quantity
    FROM unnest(
      ${taken.map(({ variantId }) => variantId)}::text[], ${taken.map(({ locationId }) => locationId)}::text[],
      ${taken.map(({ quantity }) => quantity)}::integer[]
    ) AS taken (variant_id, location_id, quantity)
    WHERE level.variant_id = taken.variant_id AND level.location_id = taken.location_id AND available >= quantity`;
  if (moved !== taken.length) throw new Error('stock changed under its lock');
};
