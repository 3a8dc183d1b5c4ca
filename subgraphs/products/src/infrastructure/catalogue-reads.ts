import type { KeyedReads } from '@emporium/subgraph';
import type { CategoryView } from '../application/catalogue.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import type { ReadMany } from './hot/kept.ts';
import { type ProductEntry, type ProductRow, toEntry } from './product-entry.ts';
import { productColumns, productsWithSellers } from './visible.ts';

/** What most pages are made of, by id and as nobody in particular: whoever reads it decides who sees it. */
export type CatalogueReads = {
  readonly products: ReadMany<ProductEntry>;
  readonly categories: ReadMany<CategoryView>;
};

/** The same as it is stored. */
export type StoredReads = {
  readonly products: ReadMany<ProductRow>;
  readonly categories: ReadMany<CategoryView>;
};

export const createStoredReads = (prisma: PrismaClient, keyed: KeyedReads): StoredReads => ({
  products: async (ids) => {
    const rows = await keyed.rows<ProductRow>(Prisma.sql`
      SELECT ${productColumns}, s.active AS "sellerIsActive", (
        SELECT COALESCE(json_agg(json_build_object('id', v.id, 'sku', v.sku, 'title', v.title, 'options', v.options,
          'priceMinor', v.price_minor::text, 'currency', v.currency) ORDER BY v.position), '[]')
        FROM variants v WHERE v.product_id = p.id) AS variants
      FROM ${productsWithSellers} WHERE p.id = ANY(${[...ids]}::text[])`);
    return new Map(rows.map((row) => [row.id, row]));
  },
  categories: async (ids) => {
    const select = { id: true, slug: true, name: true, parentId: true };
    const rows = await prisma.category.findMany({ where: { id: { in: [...ids] } }, select });
    return new Map(rows.map((row) => [row.id, row]));
  },
});

/** Reads that keep nothing. */
export const createReads = (prisma: PrismaClient, keyed: KeyedReads): CatalogueReads => {
  const { products, categories } = createStoredReads(prisma, keyed);
  return {
    products: async (ids) => new Map([...(await products(ids))].map(([id, row]) => [id, toEntry(row)])),
    categories,
  };
};
