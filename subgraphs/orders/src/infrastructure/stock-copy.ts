import type { StockCopy } from '../application/ports.ts';
import type { Tx } from './database.ts';

/** Our copy of what is available, within a transaction. */
export const createStockCopy = (tx: Tx): StockCopy => ({
  // In the order of ids, so that two batches at once wait for each other instead of meeting crosswise.
  keep: async (stock) => {
    await tx.$executeRaw`
      INSERT INTO variant_stock AS ours (variant_id, available, version)
      SELECT DISTINCT ON (variant_id) variant_id, available, version
      FROM unnest(
        ${stock.map(({ variantId }) => variantId)}::text[],
        ${stock.map(({ available }) => available)}::integer[],
        ${stock.map(({ version }) => version)}::integer[]
      ) AS told (variant_id, available, version)
      ORDER BY variant_id, version DESC
      ON CONFLICT (variant_id) DO UPDATE SET available = excluded.available, version = excluded.version
      WHERE excluded.version > ours.version`;
  },
});
