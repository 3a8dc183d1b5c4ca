import type {
  Catalogue,
  CategoryView,
  Onlooker,
  ProductView,
  VariantView,
} from '../application/catalogue.ts';
import { named } from '../domain/options.ts';
import { newestExchangeRates } from './exchange-rates.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { listProducts, listProductsOfSellers } from './list-products.ts';
import { createPrices } from './prices.ts';
import { productColumns, productsWithSellers, visibleTo } from './visible.ts';

type VariantRow = Omit<VariantView, 'price' | 'options'> & {
  priceMinor: bigint;
  currency: string;
  names: string[];
  values: string[];
};

/** The read side: each answer is one statement. */
export const createCatalogue = (prisma: PrismaClient): Catalogue => {
  const products = (which: Prisma.Sql, as: Onlooker) =>
    prisma.$queryRaw<ProductView[]>`
      SELECT ${productColumns} FROM ${productsWithSellers} WHERE ${which} AND ${visibleTo(as)}`;

  const variants = async (which: Prisma.Sql, as: Onlooker): Promise<VariantView[]> => {
    const rows = await prisma.$queryRaw<VariantRow[]>`
      SELECT v.id, v.product_id AS "productId", v.sku, COALESCE(v.title, NULLIF(array_to_string(v.options, ', '), ''), p.title) AS title,
             p.options AS names, v.options AS values,
             v.price_minor AS "priceMinor", v.currency
      FROM ${productsWithSellers} JOIN variants v ON v.product_id = p.id
      WHERE ${which} AND ${visibleTo(as)} ORDER BY v.product_id, v.position`;
    return rows.map(({ priceMinor: minor, currency, names, values, ...view }) => ({
      ...view,
      options: named(names, values),
      price: { minor, currency },
    }));
  };

  const category = { id: true, slug: true, name: true, parentId: true } as const;

  return {
    productsById: (ids, as) => products(Prisma.sql`p.id = ANY(${[...ids]}::text[])`, as),
    productsBySlug: (slugs, as) =>
      products(
        Prisma.sql`p.id IN (SELECT product_id FROM product_slugs WHERE slug = ANY(${[...slugs]}::text[]))`,
        as,
      ),
    variantsById: (ids, as) => variants(Prisma.sql`v.id = ANY(${[...ids]}::text[])`, as),
    variantsBySku: (skus, as) => variants(Prisma.sql`v.sku = ANY(${[...skus]}::text[])`, as),
    variantsOf: (ids, as) => variants(Prisma.sql`v.product_id = ANY(${[...ids]}::text[])`, as),
    ...createPrices(prisma),
    exchangeRates: () => newestExchangeRates(prisma),
    categoriesById: (ids): Promise<CategoryView[]> =>
      prisma.category.findMany({ where: { id: { in: [...ids] } }, select: category }),
    categories: () =>
      prisma.category.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }], select: category }),
    list: (sort, filter, slice, as) => listProducts(prisma, sort, filter, slice, as),
    listOfSellers: (sellerIds, slice, as) => listProductsOfSellers(prisma, sellerIds, slice, as),
  };
};
