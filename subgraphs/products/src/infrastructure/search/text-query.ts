import type { Understood } from '../../application/search-engine.ts';
import { Prisma } from '../generated/client.ts';

/** A last word that may not be finished yet: nothing but letters and digits, and not excluded by a minus. */
const atTheEnd = /(?:^|\s)([\p{L}\p{N}]{2,})$/u;

/** The last word of what is typed, where more of it may come. */
export const lastWord = (typed: string): string | null =>
  isInsideQuotes(typed) ? null : (atTheEnd.exec(typed)?.[1] ?? null);

/**
 * What somebody typed, as a tsquery: the same text whatever is looked for, so that a statement with it can be named. Only letters and
 * digits are ever unfinished, and only letters are taken for slips and stand for them.
 */
export const textQuery = ({ search: { query }, replacements, unfinished }: Understood): Prisma.Sql => {
  const mistyped = [...replacements.keys()];
  const meant = [...replacements.values()].map((words) => words.join(' or '));
  return Prisma.sql`shop_query(${query}, ${unfinished}, ${mistyped}::text[], ${meant}::text[])`;
};

const isInsideQuotes = (typed: string): boolean => (typed.split('"').length - 1) % 2 === 1;
