import type { AvailableAt } from '../domain/allocation.ts';
import { type BackorderTerms, roomFor } from '../domain/backorder.ts';
import type { UserId, VariantId } from '../domain/ids.ts';
import type { HeldUnits, Shelf } from '../domain/serve.ts';
import { waitingUnits } from './backorders.ts';
import type { Prisma } from './generated/client.ts';

type Row = BackorderTerms & {
  readonly variantId: VariantId;
  readonly waiting: number;
  readonly levels: readonly AvailableAt[];
  readonly held: readonly Omit<HeldUnits, 'variantId'>[];
};

/** Of stock that is locked: a row a variant. Who holds units at a closed location holds them, and nobody can order them. */
export const readShelf = async (
  tx: Prisma.TransactionClient,
  variantIds: readonly VariantId[],
  holderIds: readonly UserId[],
): Promise<Shelf> => {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT stock.variant_id AS "variantId", backorder AS allowed, backorder_limit AS "limit",
      CASE WHEN backorder_limit IS NULL THEN 0 ELSE ${waitingUnits} END AS waiting,
      coalesce((
        SELECT jsonb_agg(
          jsonb_build_object('locationId', location_id, 'available', available) ORDER BY priority, location_id
        )
        FROM stock_levels JOIN locations ON locations.id = location_id
        WHERE stock_levels.variant_id = stock.variant_id AND active
      ), '[]') AS levels,
      coalesce(held.units, '[]') AS held
    FROM stock LEFT JOIN (
      SELECT holds.variant_id, jsonb_agg(jsonb_build_object(
        'holderId', holder_id, 'locationId', location_id, 'quantity', taken.quantity
      )) AS units
      FROM holds JOIN hold_allocations AS taken ON hold_id = holds.id
      WHERE holder_id = ANY(${holderIds}) AND state = 'ACTIVE' GROUP BY 1
    ) AS held ON held.variant_id = stock.variant_id
    WHERE stock.variant_id = ANY(${variantIds})`;
  return {
    available: new Map(rows.map(({ variantId, levels }) => [variantId, levels])),
    room: new Map(
      rows
        .filter(({ allowed }) => allowed)
        .map(({ variantId, waiting, ...terms }) => [variantId, roomFor(terms, waiting)]),
    ),
    held: rows.flatMap(({ variantId, held }) => held.map((units) => ({ ...units, variantId }))),
  };
};
