import type { Understood } from '../../application/search-engine.ts';
import { Prisma } from '../generated/client.ts';

/** A last word that may not be finished yet: nothing but letters and digits, and not excluded by a minus. */
const atTheEnd = /(?:^|\s)([\p{L}\p{N}]{2,})$/u;

/** The last word of what is typed, where more of it may come. */
export const lastWord = (typed: string): string | null =>
  isInsideQuotes(typed) ? null : (atTheEnd.exec(typed)?.[1] ?? null);

/**
 * What somebody typed, as a tsquery: words, "phrases", -exclusions and OR (websearch_to_tsquery takes anything), or the
 * same with an unfinished last word as a prefix. Only letters and digits ever reach the stricter to_tsquery. A mistyped word stands
 * for each of those that it may have meant.
 */
export const textQuery = ({ search: { query }, replacements, unfinished }: Understood): Prisma.Sql =>
  [...replacements].reduce(
    (typed, [word, meant]) =>
      Prisma.sql`ts_rewrite(${typed}, plainto_tsquery('shop', ${word}), ${anyOf(meant)})`,
    typedQuery(query, unfinished),
  );

const typedQuery = (typed: string, word: string | null): Prisma.Sql => {
  const whole = Prisma.sql`websearch_to_tsquery('shop', ${typed})`;
  if (word === null) return whole;
  const before = typed.slice(0, typed.length - word.length);
  return Prisma.sql`(${whole} || (websearch_to_tsquery('shop', ${before}) && to_tsquery('shop', ${`${word}:*`})))`;
};

const anyOf = (words: readonly string[]): Prisma.Sql =>
  Prisma.join(
    words.map((word) => Prisma.sql`plainto_tsquery('shop', ${word})`),
    ' || ',
  );

const isInsideQuotes = (typed: string): boolean => (typed.split('"').length - 1) % 2 === 1;
