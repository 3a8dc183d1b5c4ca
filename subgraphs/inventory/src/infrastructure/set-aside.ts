import type { Allocation } from '../domain/allocation.ts';
import type { VariantId } from '../domain/ids.ts';
import { Prisma } from './generated/client.ts';

type Taken = Allocation & { readonly variantId: VariantId };

/**
 * Moves units from available to reserved. The stock is locked already; the condition repeats the decision, so that no bug
 * elsewhere can oversell. `written` is what the same statement writes besides: a WITH clause.
 */
export const setAside = async (
  tx: Prisma.TransactionClient,
  taken: readonly Taken[],
  written: Prisma.Sql = Prisma.empty,
): Promise<void> => {
  const places = new Set(taken.map(({ variantId, locationId }) => `${variantId} ${locationId}`));
  const moved = await tx.$executeRaw`
    ${written}
    UPDATE stock_levels AS level
    SET available = available - total.quantity, reserved = reserved + total.quantity
    FROM (
      SELECT variant_id, location_id, sum(quantity)::integer AS quantity
      FROM unnest(
        ${taken.map(({ variantId }) => variantId)}::text[], ${taken.map(({ locationId }) => locationId)}::text[],
        ${taken.map(({ quantity }) => quantity)}::integer[]
      ) AS taken (variant_id, location_id, quantity) GROUP BY 1, 2
    ) AS total
    WHERE level.variant_id = total.variant_id AND level.location_id = total.location_id
      AND available >= total.quantity`;
  if (moved !== places.size) throw new Error('stock changed under its lock');
};
