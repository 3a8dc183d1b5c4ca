import type { Variants } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';
import { ensureDefaultLocations } from './locations.ts';

/** Every statement goes in one order, so that two messages about the same variants cannot wait for each other. */
export const createVariants = (tx: Prisma.TransactionClient): Variants => ({
  keep: async (variants) => {
    const ids = variants.map(({ id }) => id);
    await tx.$executeRaw`
      INSERT INTO variants (id, seller_id, sku, active, version)
      SELECT * FROM unnest(
        ${ids}::text[], ${variants.map(({ sellerId }) => sellerId)}::text[], ${variants.map(({ sku }) => sku)}::text[],
        ${variants.map(({ active }) => active)}::boolean[], ${variants.map(({ version }) => version)}::integer[]
      ) AS heard (id, seller_id, sku, active, version)
      ORDER BY id
      ON CONFLICT (id) DO UPDATE
      SET seller_id = excluded.seller_id, sku = excluded.sku, active = excluded.active, version = excluded.version
      WHERE variants.version < excluded.version`;
    await tx.$executeRaw`
      INSERT INTO stock (variant_id)
      SELECT id FROM unnest(${ids}::text[]) AS heard (id) ORDER BY id
      ON CONFLICT DO NOTHING`;
    await ensureDefaultLocations(
      tx,
      variants.map(({ sellerId }) => sellerId),
    );
  },

  find: async (variantId) => {
    const [row] = await tx.$queryRaw<Awaited<ReturnType<Variants['find']>>[]>`
      SELECT variants.id, seller_id AS "sellerId", sku, variants.active, variants.version,
        coalesce(sellers.active, TRUE) AS "maySell"
      FROM variants LEFT JOIN sellers ON sellers.id = seller_id WHERE variants.id = ${variantId}`;
    return row ?? null;
  },
});
