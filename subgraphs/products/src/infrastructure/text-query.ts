import { Prisma } from './generated/client.ts';

/** A last word that may not be finished yet: nothing but letters and digits, and not excluded by a minus. */
const unfinished = /(?:^|\s)([\p{L}\p{N}]+)$/u;

/**
 * What somebody typed, as a tsquery: words, "phrases", -exclusions and OR (websearch_to_tsquery takes anything), or the
 * same with the last word as a prefix. Only letters and digits ever reach the stricter to_tsquery.
 */
export const textQuery = (typed: string): Prisma.Sql => {
  const whole = Prisma.sql`websearch_to_tsquery('english', ${typed})`;
  const word = isInsideQuotes(typed) ? undefined : unfinished.exec(typed)?.[1];
  if (word === undefined) return whole;
  const before = typed.slice(0, typed.length - word.length);
  return Prisma.sql`(${whole} || (websearch_to_tsquery('english', ${before}) && to_tsquery('english', ${`${word}:*`})))`;
};

const isInsideQuotes = (typed: string): boolean => (typed.split('"').length - 1) % 2 === 1;
