import { type KeyedReads, plannedAfresh } from '@emporium/subgraph';
import type { Onlooker, ProductView } from '../../application/catalogue.ts';
import { type Found, searchBound, type Understood, type Wanted } from '../../application/search-engine.ts';
import { matchesFilter } from '../filter.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { orders, sliceOf, toListed } from '../list-products.ts';
import { productColumns, visibleTo } from '../visible.ts';
import { type FacetRow, facetColumns, facetRows, toFacets } from './facets.ts';
import { textQuery } from './text-query.ts';

type Page = NonNullable<Wanted['page']>;
type Hit = ProductView & { key: string[] };
type Row = { hits: Hit[]; total: number; facets: FacetRow[] };

/** Words in the title alone: asked of an index of its own, and only where more match than are looked at. */
const inTitle = Prisma.sql`ts_filter(p.document, '{a}')`;
/** What the words are, worked out once, and what has them as its SKU: it comes before everything that only matches. */
const [text, exact] = [Prisma.sql`(SELECT text FROM sought)`, Prisma.sql`(SELECT exact FROM sought)`];

/** The page, the count and the facets that are wanted, in one statement over one set of matches. */
export const findProducts = async (
  prisma: PrismaClient,
  keyed: KeyedReads,
  understood: Understood,
  wanted: Wanted,
  as: Onlooker,
): Promise<Found> => {
  const { query, filter } = understood.search;
  const isCandidate = Prisma.sql`${visibleTo(as)} AND ${matchesFilter(filter)}`;
  const isRanked = wanted.page?.sort === 'RELEVANCE';
  const columns = Prisma.sql`
    p.id ${isRanked ? Prisma.sql`, p.document` : Prisma.empty} ${wanted.facets ? Prisma.sql`, ${facetColumns}` : Prisma.empty}`;
  const rank = isRanked
    ? Prisma.sql`(ts_rank_cd(document, ${text}, 1) + is_exact::int)::float4`
    : Prisma.sql`0`;
  const statement = Prisma.sql`
    WITH sought AS MATERIALIZED (
      SELECT ${textQuery(understood)} AS text, (SELECT product_id FROM variants WHERE sku = ${query}) AS exact),
    found AS MATERIALIZED (
      SELECT ${columns} FROM products p
      WHERE ${isCandidate} AND p.document @@ ${text} LIMIT ${searchBound}),
    titled AS MATERIALIZED (
      SELECT ${columns} FROM products p
      WHERE (SELECT count(*) FROM found) = ${searchBound}
        AND ${isCandidate} AND ${inTitle} @@ ${text} AND p.document @@ ${text} LIMIT ${searchBound}),
    candidates AS (
      SELECT ${columns}, true AS is_exact FROM products p WHERE ${isCandidate} AND p.id = ${exact}
      UNION ALL SELECT *, false FROM titled
      UNION ALL (
        SELECT *, false FROM found WHERE id NOT IN (SELECT id FROM titled)
        LIMIT ${searchBound} - (SELECT count(*) FROM titled))),
    matching AS MATERIALIZED (
      SELECT *, ${rank} AS rank FROM candidates WHERE is_exact OR id IS DISTINCT FROM ${exact})
    SELECT
      ${wanted.page ? pageOf(wanted.page, textQuery(understood), isCandidate) : Prisma.sql`'[]'::json`} AS hits,
      ${wanted.total ? Prisma.sql`(SELECT LEAST(count(*), ${searchBound})::int FROM matching)` : Prisma.sql`0`} AS total,
      ${wanted.facets ? facetRows : Prisma.sql`'[]'::json`} AS facets`;
  const [row] = isPlain(understood, wanted)
    ? await keyed.rows<Row>(statement)
    : await prisma.$queryRaw<Row[]>`${Prisma.raw(plannedAfresh)} ${statement}`;
  if (!row) throw new Error('a search without an answer');
  return {
    hits: row.hits.map(toListed),
    total: row.total,
    facets: wanted.facets ? toFacets(row.facets) : [],
  };
};

/** By relevance and without a filter there is one good plan, whatever is looked for: the index of words, then the few that match. */
const isPlain = ({ search: { filter } }: Understood, { page }: Wanted): boolean =>
  (page === null || page.sort === 'RELEVANCE') &&
  Object.values(filter).every((asked) => asked === undefined);

const listed = (rows: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT COALESCE(json_agg(page), '[]') FROM (${rows}) AS page)`;

/** By relevance, a page of the matches that are looked at; else of all there are. */
const pageOf = ({ sort, slice }: Page, known: Prisma.Sql, isCandidate: Prisma.Sql): Prisma.Sql => {
  if (sort === 'RELEVANCE') {
    const { isAfter, order, key } = sliceOf(byRank, slice);
    // The page first: of all others not even the rows are looked up.
    return listed(Prisma.sql`
      SELECT ${productColumns}, ${key}
      FROM (SELECT id, rank FROM matching WHERE ${isAfter} ${order}) AS matching JOIN products p ON p.id = matching.id
      ${order}`);
  }
  const { isAfter, order, key } = sliceOf(orders[sort], slice);
  // The plan depends on how many have these words: said so that the planner knows them.
  return listed(Prisma.sql`
    SELECT ${productColumns}, ${key} FROM products p
    WHERE ${isCandidate} AND (p.document @@ ${known} OR p.id = ${exact}) AND ${isAfter} ${order}`);
};

const byRank = {
  columns: [
    { by: Prisma.sql`matching.rank`, type: Prisma.sql`float4` },
    { by: Prisma.sql`matching.id`, type: Prisma.sql`text` },
  ],
  descending: true,
};
