import type { Onlooker } from '../../application/catalogue.ts';
import type { Suggestion, Understood } from '../../application/search-engine.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { visibleTo } from '../visible.ts';
import { lastWord, textQuery } from './text-query.ts';

/** How many titles are looked at before doubles are left out. */
const looked = 200;
const highest = '\u{10ffff}';

/** Titles that begin with what is typed, then titles that have its words, the last one as a prefix. Each is an index's own order or bounded. */
export const suggestTitles = async (
  prisma: PrismaClient,
  understood: Understood,
  limit: number,
  as: Onlooker,
): Promise<Suggestion[]> => {
  const text = Prisma.sql`(SELECT ${textQuery({ ...understood, unfinished: lastWord(understood.search.query) })})`;
  const begun = understood.search.query.toLowerCase();
  const folded = Prisma.sql`lower(p.title) COLLATE "C"`;
  return prisma.$queryRaw<Suggestion[]>`
    WITH begins AS (
      SELECT p.id, p.title, 10::float4 AS rank FROM products p
      WHERE ${visibleTo(as)} AND ${folded} >= ${begun} AND ${folded} < ${begun + highest}
      ORDER BY ${folded}, p.id LIMIT ${looked}),
    has AS (
      SELECT p.id, p.title, ts_rank_cd(ts_filter(p.document, '{a}'), ${text}, 1) AS rank FROM products p
      WHERE ${visibleTo(as)} AND ts_filter(p.document, '{a}') @@ ${text} LIMIT ${looked})
    SELECT title AS text, id AS "productId" FROM (
      SELECT DISTINCT ON (lower(title)) id, title, rank
      FROM (SELECT * FROM begins UNION ALL SELECT * FROM has) AS all_titles
      ORDER BY lower(title), rank DESC, id) AS titles
    ORDER BY rank DESC, lower(title) LIMIT ${limit}`;
};
