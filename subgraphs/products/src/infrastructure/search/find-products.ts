import { plannedAfresh } from '@emporium/subgraph';
import type { Onlooker, ProductView } from '../../application/catalogue.ts';
import { type Found, searchBound, type Understood, type Wanted } from '../../application/search-engine.ts';
import { matchesFilter } from '../filter.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { orders, sliceOf, toListed } from '../list-products.ts';
import { productColumns, productsWithSellers, visibleTo } from '../visible.ts';
import { type FacetRow, facetColumns, facetRows, toFacets } from './facets.ts';
import { textQuery } from './text-query.ts';

type Page = NonNullable<Wanted['page']>;
type Hit = ProductView & { key: string[] };

/** A SKU typed in full comes before everything that only matches words. */
const exactSku = (query: string): Prisma.Sql =>
  Prisma.sql`(SELECT product_id FROM variants WHERE sku = ${query})`;

/** Words in the title alone: asked of an index of its own. */
const inTitle = Prisma.sql`ts_filter(p.document, '{a}')`;

/** The page, the count and the facets that are wanted, in one statement over one set of matches. */
export const findProducts = async (
  prisma: PrismaClient,
  understood: Understood,
  wanted: Wanted,
  as: Onlooker,
): Promise<Found> => {
  const { query, filter } = understood.search;
  const text = textQuery(understood);
  const isCandidate = Prisma.sql`${visibleTo(as)} AND ${matchesFilter(filter)}`;
  const columns = Prisma.sql`p.id, p.document, p.category_id, p.seller_id, p.lowest_minor, p.lowest_currency, p.in_stock, ${facetColumns}`;
  const [row] = await prisma.$queryRaw<
    { hits: Hit[]; total: number; facets: FacetRow[] }[]
  >`${Prisma.raw(plannedAfresh)}
    WITH exact AS (
      SELECT ${columns} FROM ${productsWithSellers} WHERE ${isCandidate} AND p.id = ${exactSku(query)}),
    titled AS (
      SELECT ${columns} FROM ${productsWithSellers}
      WHERE ${isCandidate} AND ${inTitle} @@ ${text} AND p.document @@ ${text} LIMIT ${searchBound}),
    others AS (
      SELECT ${columns} FROM ${productsWithSellers}
      WHERE ${isCandidate} AND p.document @@ ${text} AND NOT ${inTitle} @@ ${text}
      LIMIT ${searchBound} - (SELECT count(*) FROM titled)),
    matching AS MATERIALIZED (
      SELECT DISTINCT ON (id) id, category_id, seller_id, lowest_minor, lowest_currency, in_stock,
        tags, option_terms, option_labels,
        (ts_rank_cd(document, ${text}, 1) + (is_exact)::int)::float4 AS rank
      FROM (SELECT *, true AS is_exact FROM exact
        UNION ALL SELECT *, false FROM titled UNION ALL SELECT *, false FROM others) AS candidates
      ORDER BY id, is_exact DESC)
    SELECT
      ${wanted.page ? pageOf(wanted.page, text, isCandidate, query) : Prisma.sql`'[]'::json`} AS hits,
      ${wanted.total ? Prisma.sql`(SELECT LEAST(count(*), ${searchBound})::int FROM matching)` : Prisma.sql`0`} AS total,
      ${wanted.facets ? facetRows : Prisma.sql`'[]'::json`} AS facets`;
  if (!row) throw new Error('a search without an answer');
  return {
    hits: row.hits.map(toListed),
    total: row.total,
    facets: wanted.facets ? toFacets(row.facets) : [],
  };
};

const listed = (rows: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT COALESCE(json_agg(page), '[]') FROM (${rows}) AS page)`;

/** By relevance, a page of the matches that are looked at; else of all there are. */
const pageOf = (
  { sort, slice }: Page,
  text: Prisma.Sql,
  isCandidate: Prisma.Sql,
  query: string,
): Prisma.Sql => {
  if (sort === 'RELEVANCE') {
    const { isAfter, order, key } = sliceOf(byRank, slice);
    // The page first: of all others not even the rows are looked up.
    return listed(Prisma.sql`
      SELECT ${productColumns}, ${key}
      FROM (SELECT id, rank FROM matching WHERE ${isAfter} ${order}) AS matching JOIN products p ON p.id = matching.id
      ${order}`);
  }
  const { isAfter, order, key } = sliceOf(orders[sort], slice);
  return listed(Prisma.sql`
    SELECT ${productColumns}, ${key} FROM ${productsWithSellers}
    WHERE ${isCandidate} AND (p.document @@ ${text} OR p.id = ${exactSku(query)}) AND ${isAfter} ${order}`);
};

const byRank = {
  columns: [
    { by: Prisma.sql`matching.rank`, type: Prisma.sql`float4` },
    { by: Prisma.sql`matching.id`, type: Prisma.sql`text` },
  ],
  descending: true,
};
