import DataLoader from 'dataloader';
import type { ReadStock, StockLevel } from '../application/ports.ts';
import type { VariantId } from '../domain/ids.ts';
import type { PrismaClient } from './generated/client.ts';

/**
 * Reads stock as committed. All that look at the same moment share one query: requests, and feeds that one alarm
 * woke. Nothing is remembered.
 */
export const createReadStock = (prisma: PrismaClient): ReadStock => {
  const loader = new DataLoader<VariantId, StockLevel | null>(
    async (variantIds) => {
      const rows = await prisma.$queryRaw<StockLevel[]>`
        SELECT variant_id AS "variantId", seller_id AS "sellerId", active, available
        FROM stock JOIN variants ON variants.id = stock.variant_id
        WHERE variant_id = ANY(${[...new Set(variantIds)]})`;
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
