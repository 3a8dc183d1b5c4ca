import type { CatalogueCopy } from '../application/ports.ts';
import type { Catalogue, CatalogVariant } from '../domain/catalogue.ts';
import type { Tx } from './database.ts';

type Row = Omit<CatalogVariant, 'price'> & { readonly minor: bigint; readonly currency: string };

/** Our copy of the catalogue within a transaction. */
export const createCatalogueCopy = (tx: Tx): CatalogueCopy => ({
  find: async (ids): Promise<Catalogue> => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT variant_id AS id, seller_id AS "sellerId", title, price_minor AS minor, currency, active
      FROM catalog_variants WHERE variant_id = ANY(${ids})`;
    return new Map(
      rows.map(({ minor, currency, ...variant }) => [
        variant.id,
        { ...variant, price: { minor, currency } },
      ]),
    );
  },

  // In the order of ids, so that two batches at once wait for each other instead of meeting crosswise.
  apply: async (variants) => {
    await tx.$executeRaw`
      INSERT INTO catalog_variants AS ours
        (variant_id, product_id, seller_id, sku, title, price_minor, currency, active, version)
      SELECT DISTINCT ON (variant_id)
        variant_id, product_id, seller_id, sku, title, price_minor::bigint, currency, active, version
      FROM unnest(
        ${variants.map(({ variantId }) => variantId)}::text[],
        ${variants.map(({ productId }) => productId)}::text[],
        ${variants.map(({ sellerId }) => sellerId)}::text[],
        ${variants.map(({ sku }) => sku)}::text[],
        ${variants.map(({ title }) => title)}::text[],
        ${variants.map(({ price }) => price.minor.toString())}::text[],
        ${variants.map(({ price }) => price.currency)}::text[],
        ${variants.map(({ active }) => active)}::boolean[],
        ${variants.map(({ version }) => version)}::integer[]
      ) AS told (variant_id, product_id, seller_id, sku, title, price_minor, currency, active, version)
      ORDER BY variant_id, version DESC
      ON CONFLICT (variant_id) DO UPDATE SET
        product_id = excluded.product_id, seller_id = excluded.seller_id, sku = excluded.sku,
        title = excluded.title, price_minor = excluded.price_minor, currency = excluded.currency,
        active = excluded.active, version = excluded.version
      WHERE excluded.version > ours.version`;
  },
});
