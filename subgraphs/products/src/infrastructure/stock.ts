import type { Stock, VariantStock } from '../application/ports.ts';
import type { ProductId, VariantId } from '../domain/product.ts';
import { Prisma } from './generated/client.ts';

type Tx = Prisma.TransactionClient;

/** The copy of what inventory told. */
export const createStock = (tx: Tx): Stock => ({
  keep: async (heard) => {
    const { known, turned } = await keepKnown(tx, heard);
    const ahead = heard.filter(({ variantId }) => !known.has(variantId));
    if (ahead.length === 0) return turned;
    // Whoever adds variants shares this lock: what they have added is seen now, and what they add later sees what is kept.
    await tx.$executeRaw`SELECT lock_stock_ahead(true)`;
    const late = await keepKnown(tx, ahead);
    await keepAhead(
      tx,
      ahead.filter(({ variantId }) => !late.known.has(variantId)),
    );
    return [...turned, ...late.turned];
  },
});

const rowsOf = (heard: readonly VariantStock[]): Prisma.Sql => Prisma.sql`unnest(
  ${heard.map(({ variantId }) => variantId)}::text[], ${heard.map(({ inStock }) => inStock)}::boolean[],
  ${heard.map(({ version }) => version)}::integer[]) AS heard (variant_id, in_stock, version)`;

/** Of the variants that are here. Their products are locked first, as whoever edits them does, so that none is reckoned from half of its variants. */
const keepKnown = async (
  tx: Tx,
  heard: readonly VariantStock[],
): Promise<{ readonly known: ReadonlySet<VariantId>; readonly turned: readonly ProductId[] }> => {
  const rows = await tx.$queryRaw<{ id: VariantId; productId: ProductId }[]>`
    SELECT v.id, p.id AS "productId" FROM variants v JOIN products p ON p.id = v.product_id
    WHERE v.id = ANY(${heard.map(({ variantId }) => variantId)}::text[]) ORDER BY p.id FOR NO KEY UPDATE OF p`;
  const known = new Set(rows.map(({ id }) => id));
  if (rows.length === 0) return { known, turned: [] };
  await tx.$executeRaw`
    UPDATE variants v SET in_stock = heard.in_stock, stock_version = heard.version
    FROM ${rowsOf(heard)} WHERE v.id = heard.variant_id AND v.stock_version < heard.version`;
  const turned = await tx.$queryRaw<{ id: ProductId }[]>`
    UPDATE products p SET in_stock = reckoned.in_stock
    FROM (
      SELECT product_id, bool_or(in_stock AND active) AS in_stock FROM variants
      WHERE product_id = ANY(${rows.map(({ productId }) => productId)}::text[]) GROUP BY 1) AS reckoned
    WHERE p.id = reckoned.product_id AND p.in_stock <> reckoned.in_stock RETURNING p.id`;
  return { known, turned: turned.map(({ id }) => id) };
};

const keepAhead = async (tx: Tx, heard: readonly VariantStock[]): Promise<void> => {
  if (heard.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO stock_ahead (variant_id, in_stock, version) SELECT * FROM ${rowsOf(heard)}
    ON CONFLICT (variant_id) DO UPDATE SET in_stock = excluded.in_stock, version = excluded.version
    WHERE stock_ahead.version < excluded.version`;
};
