import { asInstant } from '@emporium/domain';
import type { KeyedReads } from '@emporium/subgraph';
import DataLoader from 'dataloader';
import type { Reads } from '../application/app.ts';
import type { LocationLevel, MovementView, StockLevel, VariantLevels } from '../application/ports.ts';
import type { BackorderTerms } from '../domain/backorder.ts';
import type { VariantId } from '../domain/ids.ts';
import type { Location } from '../domain/location.ts';
import { waitingUnits } from './backorders.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { locationColumns } from './locations.ts';

/** Reads stock as committed. */
export const createReads = (prisma: PrismaClient, keyed: KeyedReads): Reads => ({
  read: createReadStock(keyed),

  readLevels: async (variantIds) => {
    type Known = Omit<VariantLevels, 'levels' | 'backorder'> & BackorderTerms & { readonly id: VariantId };
    const known = await prisma.$queryRaw<Known[]>`
      SELECT id, seller_id AS "sellerId", low_stock_threshold AS "lowStockThreshold",
        backorder AS allowed, backorder_limit AS "limit", ${waitingUnits} AS waiting
      FROM variants JOIN stock ON variant_id = id WHERE id = ANY(${variantIds})`;
    type Row = Location & Omit<LocationLevel, 'location'> & { readonly variantId: VariantId };
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT variant_id AS "variantId", available, reserved, sold, ${locationColumns}
      FROM stock_levels JOIN locations ON locations.id = location_id
      WHERE variant_id = ANY(${variantIds}) ORDER BY priority, locations.id`;
    const levels = groupBy(rows, ({ variantId }) => variantId);
    return new Map(
      known.map(({ id, allowed, limit, ...variant }): [VariantId, VariantLevels] => [
        id,
        {
          ...variant,
          backorder: { allowed, limit },
          levels: (levels.get(id) ?? []).map(
            ({ variantId: _, available, reserved, sold, ...location }) => ({
              location,
              available,
              reserved,
              sold,
            }),
          ),
        },
      ]),
    );
  },

  readMovements: async (variantId, { limit, before }) => {
    type Row = Location & Omit<MovementView, 'location' | 'at' | 'id'> & { movementId: string; at: Date };
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT movements.id AS "movementId", kind::text, delta, reason, return_id AS "returnId", at, ${locationColumns}
      FROM movements JOIN locations ON locations.id = location_id
      WHERE variant_id = ${variantId} AND ${before === null ? Prisma.sql`TRUE` : Prisma.sql`movements.id < ${before}`}
      ORDER BY movements.id DESC LIMIT ${limit + 1}`;
    return rows.map(({ movementId, kind, delta, reason, returnId, at, ...location }) => ({
      id: movementId,
      kind,
      delta,
      reason,
      returnId,
      at: asInstant(at.toISOString()),
      location,
    }));
  },

  readLowStock: async (sellerId, { limit, after }) => {
    const rows = await prisma.$queryRaw<{ id: VariantId }[]>`
      SELECT id FROM variants JOIN stock ON variant_id = id
      WHERE seller_id = ${sellerId} AND is_low AND ${after === null ? Prisma.sql`TRUE` : Prisma.sql`id > ${after}`}
      ORDER BY id LIMIT ${limit}`;
    return rows.map(({ id }) => id);
  },

  readLocations: async (sellerIds) => {
    const rows = await prisma.$queryRaw<Location[]>`
      SELECT ${locationColumns} FROM locations WHERE seller_id = ANY(${sellerIds}) ORDER BY priority, id`;
    return groupBy(rows, ({ sellerId }) => sellerId);
  },
});

const groupBy = <Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> => {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
};

/**
 * What can be ordered of each variant. All that look at the same moment share one query: requests, and feeds that one
 * alarm woke. Nothing is remembered.
 */
const createReadStock = (keyed: KeyedReads): Reads['read'] => {
  const loader = new DataLoader<VariantId, StockLevel | null>(
    async (variantIds) => {
      const rows = await keyed.rows<StockLevel>(Prisma.sql`
        SELECT variants.id AS "variantId", variants.seller_id AS "sellerId", variants.active,
          coalesce(sum(available) FILTER (WHERE locations.active), 0)::integer AS available,
          backorder AND (backorder_limit IS NULL OR ${waitingUnits} < backorder_limit) AS backorderable
        FROM stock JOIN variants ON variants.id = stock.variant_id
        LEFT JOIN stock_levels ON stock_levels.variant_id = stock.variant_id
        LEFT JOIN locations ON locations.id = location_id
        WHERE stock.variant_id = ANY(${[...new Set(variantIds)]}) GROUP BY variants.id, stock.variant_id`);
      const levels = new Map(rows.map((row) => [row.variantId, row]));
      return variantIds.map((id) => levels.get(id) ?? null);
    },
    { cache: false, maxBatchSize: 1000 },
  );
  return async (variantIds) => {
    const levels = await Promise.all(variantIds.map((id) => loader.load(id)));
    return new Map(levels.filter((level) => level !== null).map((level) => [level.variantId, level]));
  };
};
