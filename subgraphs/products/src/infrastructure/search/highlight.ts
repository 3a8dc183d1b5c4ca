import type { KeyedReads } from '@emporium/subgraph';
import type { Onlooker } from '../../application/catalogue.ts';
import type { Fragment, Highlights, Understood } from '../../application/search-engine.ts';
import { Prisma } from '../generated/client.ts';
import { visibleTo } from '../visible.ts';
import { textQuery } from './text-query.ts';

/** No title and no description holds control characters like these. */
const [start, stop, opening] = ['\u0001', '\u0002', '\u0003'];
/** What looks like a tag, though it is text, would be left out of a passage: its opening is something else meanwhile. */
const whole = (text: Prisma.Sql): Prisma.Sql => Prisma.sql`replace(${text}, '<', ${opening})`;

const marks = `StartSel="${start}", StopSel="${stop}"`;
const wholeTitle = `${marks}, HighlightAll=true`;
const passage = `${marks}, MaxFragments=1, MinWords=8, MaxWords=24`;

/** Marks the matches of a page's products, in one statement. */
export const highlightProducts = async (
  keyed: KeyedReads,
  understood: Understood,
  productIds: readonly string[],
  as: Onlooker,
): Promise<Highlights[]> => {
  const rows = await keyed.rows<{ productId: string; title: string; description: string }>(Prisma.sql`
    WITH sought AS MATERIALIZED (SELECT ${textQuery(understood)} AS text)
    SELECT p.id AS "productId", ts_headline('shop', ${whole(Prisma.sql`p.title`)}, text, ${wholeTitle}) AS title,
      ts_headline('shop', ${whole(Prisma.sql`COALESCE(p.description_text, '')`)}, text, ${passage}) AS description
    FROM products p, sought
    WHERE p.id = ANY(${[...productIds]}::text[]) AND ${visibleTo(as)}`);
  return rows.map(({ productId, title, description }) => ({
    productId,
    title: fragmentsOf(title),
    description: description.includes(start) ? fragmentsOf(description) : [],
  }));
};

/** Parts of a marked text, in order; none is empty. */
export const fragmentsOf = (marked: string): Fragment[] =>
  marked
    .replaceAll(opening, '<')
    .split(start)
    .flatMap((part, index) => {
      const [inside = '', ...after] = part.split(stop);
      return index === 0
        ? [{ text: part, isMatch: false }]
        : [
            { text: inside, isMatch: true },
            { text: after.join(''), isMatch: false },
          ];
    })
    .filter(({ text }) => text !== '');
