import type {
  Facet,
  FacetValue,
  Listed,
  Onlooker,
  ProductView,
  Search,
  Slice,
} from '../application/catalogue.ts';
import { matchesFilter } from './filter.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { sliceOf, toListed } from './list-products.ts';
import { textQuery } from './text-query.ts';
import { productColumns, productsWithSellers, visibleTo } from './visible.ts';

/** A SKU typed in full comes before everything that only matches words. */
const exactSku = (query: string): Prisma.Sql =>
  Prisma.sql`(SELECT product_id FROM variants WHERE sku = ${query})`;

const relevance = (query: string): Prisma.Sql =>
  Prisma.sql`(ts_rank_cd(p.document, ${textQuery(query)}) + (p.id IS NOT DISTINCT FROM ${exactSku(query)})::int)::float4`;

const matches = ({ query, filter }: Search, as: Onlooker): Prisma.Sql =>
  Prisma.sql`${visibleTo(as)} AND ${matchesFilter(filter)}
    AND (p.document @@ ${textQuery(query)} OR p.id = ${exactSku(query)})`;

/** One page of what matches, best first. */
export const searchProducts = async (
  prisma: PrismaClient,
  search: Search,
  slice: Slice,
  as: Onlooker,
): Promise<Listed[]> => {
  const columns = [
    { by: relevance(search.query), type: Prisma.sql`float4` },
    { by: Prisma.sql`p.id`, type: Prisma.sql`text` },
  ];
  const { isAfter, order, key } = sliceOf({ columns, descending: true }, slice);
  const rows = await prisma.$queryRaw<(ProductView & { key: string[] })[]>`
    SELECT ${productColumns}, ${key} FROM ${productsWithSellers}
    WHERE ${matches(search, as)} AND ${isAfter} ${order}`;
  return rows.map(toListed);
};

/** How many match, on all pages. */
export const countProducts = async (
  prisma: PrismaClient,
  search: Search,
  as: Onlooker,
): Promise<number> => {
  const [row] = await prisma.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${productsWithSellers} WHERE ${matches(search, as)}`;
  return row?.count ?? 0;
};

/** How the matches spread over categories and sellers, most first. */
export const countFacets = async (prisma: PrismaClient, search: Search, as: Onlooker): Promise<Facet[]> => {
  const rows = await prisma.$queryRaw<(FacetValue & { name: Facet['name'] })[]>`
    WITH matching AS MATERIALIZED (
      SELECT p.category_id, p.seller_id FROM ${productsWithSellers} WHERE ${matches(search, as)})
    SELECT 'category' AS name, c.slug AS value, c.name AS label, count(*)::int AS count
    FROM matching JOIN categories c ON c.id = matching.category_id GROUP BY c.id
    UNION ALL
    SELECT 'seller', s.id, COALESCE(s.display_name, s.id), count(*)::int
    FROM matching JOIN sellers s ON s.id = matching.seller_id GROUP BY s.id
    ORDER BY count DESC, label, value`;
  return (['category', 'seller'] as const).map((name) => ({
    name,
    values: rows
      .filter((row) => row.name === name)
      .map(({ value, label, count }) => ({ value, label, count })),
  }));
};
