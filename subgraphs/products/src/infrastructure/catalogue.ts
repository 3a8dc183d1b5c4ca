import type { Catalogue, Onlooker, ProductView, VariantView } from '../application/catalogue.ts';
import type { CatalogueReads } from './catalogue-reads.ts';
import { newestExchangeRates } from './exchange-rates.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { listProducts, listProductsOfSellers } from './list-products.ts';
import { createPrices } from './prices.ts';
import {
  isVisible,
  type ProductEntry,
  toVariant,
  type VariantRow,
  visibleVariants,
} from './product-entry.ts';
import { productColumns, variantVisibleTo, visibleTo } from './visible.ts';

type Row = VariantRow & { readonly product: Pick<ProductView, 'id' | 'title' | 'options'> };

/** The read side: each answer is one statement at most. */
export const createCatalogue = (prisma: PrismaClient, reads: CatalogueReads): Catalogue => {
  const entries = async (ids: readonly string[], as: Onlooker): Promise<ProductEntry[]> => {
    const found = await reads.products(ids);
    return [...found.values()].filter((entry) => isVisible(entry, as));
  };

  const variants = async (which: Prisma.Sql, as: Onlooker): Promise<VariantView[]> => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT v.id, v.sku, v.title, v.options, v.active, v.price_minor::text AS "priceMinor", v.currency,
        json_build_object('id', p.id, 'title', p.title, 'options', p.options) AS product
      FROM products p JOIN variants v ON v.product_id = p.id
      WHERE ${which} AND ${visibleTo(as)} AND ${variantVisibleTo(as)} ORDER BY v.product_id, v.position`;
    return rows.map(({ product, ...row }) => toVariant(product, row));
  };

  const category = { id: true, slug: true, name: true, parentId: true } as const;

  return {
    productsById: async (ids, as) => (await entries(ids, as)).map(({ product }) => product),
    productsBySlug: (slugs, as) =>
      prisma.$queryRaw<ProductView[]>`
        SELECT ${productColumns} FROM products p
        WHERE p.id IN (SELECT product_id FROM product_slugs WHERE slug = ANY(${[...slugs]}::text[])) AND ${visibleTo(as)}`,
    variantsById: (ids, as) => variants(Prisma.sql`v.id = ANY(${[...ids]}::text[])`, as),
    variantsBySku: (skus, as) => variants(Prisma.sql`v.sku = ANY(${[...skus]}::text[])`, as),
    variantsOf: async (ids, as) => (await entries(ids, as)).flatMap((entry) => visibleVariants(entry, as)),
    ...createPrices(prisma),
    exchangeRates: () => newestExchangeRates(prisma),
    categoriesById: async (ids) => [...(await reads.categories(ids)).values()],
    categories: () =>
      prisma.category.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }], select: category }),
    list: (sort, filter, slice, as) => listProducts(prisma, sort, filter, slice, as),
    listOfSellers: (sellerIds, slice, as) => listProductsOfSellers(prisma, sellerIds, slice, as),
  };
};
