/** Which documents a query matches, and how well: the ranking rules in their order. */
import type { Document } from './filter-language.ts';
import { slipsBetween, type TypoRules, typosAllowed, type Word, wordsOf } from './slips.ts';

export type Query = {
  /** Each is one word, or the words of a phrase. */
  readonly terms: readonly (readonly string[])[];
  readonly excluded: readonly (readonly string[])[];
  /** The last word may be unfinished. */
  readonly isOpen: boolean;
};

/** Only the first ten words are looked for. */
const mostWords = 10;

export const readQuery = (q: string): Query => {
  const [terms, excluded]: string[][][] = [[], []];
  for (const [, minus, phrase, word] of q.matchAll(/(?:(?<=^|\s)(-))?(?:"([^"]*)"?|([^\s"]+))/g)) {
    const words = wordsOf(phrase ?? word ?? '').map((each) => each.word);
    const kept = phrase === undefined ? words.map((each) => [each]) : [words];
    (minus ? excluded : terms)?.push(...kept.filter(({ length }) => length > 0));
  }
  return {
    terms: (terms ?? []).slice(0, mostWords),
    excluded: excluded ?? [],
    isOpen: /[\p{L}\p{N}\p{M}]$/u.test(q),
  };
};

/** A word of the text that a term stands for, and the part of it that is marked. */
export type Match = {
  readonly term: number;
  readonly slips: number;
  readonly word: Word;
  readonly marked: number;
};

export const matchesIn = (query: Query, text: string, rules: TypoRules): Match[] => {
  const words = wordsOf(text);
  return query.terms.flatMap((term, index) =>
    words.flatMap((word, place): Match[] => {
      if (term.length > 1)
        return term.every((each, offset) => words[place + offset]?.word === each)
          ? words.slice(place, place + term.length).map((each) => ({
              ...{ term: index, slips: 0, word: each, marked: each.end - each.start },
            }))
          : [];
      const [typed = ''] = term;
      const isPrefix = query.isOpen && index === query.terms.length - 1;
      const slips = slipsBetween(typed, word.word, isPrefix, typosAllowed(typed, rules));
      if (slips === null) return [];
      const isBeginning = slips === 0 && word.word.length > typed.length;
      return [{ term: index, slips, word, marked: isBeginning ? typed.length : word.end - word.start }];
    }),
  );
};

export type Ranked = {
  readonly document: Document;
  readonly typos: number;
  readonly attribute: number;
  readonly exact: number;
};

/** A document with all terms; null for any other. `attributes` are looked at in order of their weight. */
export const rank = (
  query: Query,
  document: Document,
  attributes: readonly string[],
  rules: TypoRules,
): Ranked | null => {
  const texts = attributes.map((attribute) => String(document[attribute] ?? ''));
  const isExcluded = query.excluded.some((term) =>
    texts.some(
      (text) => matchesIn({ terms: [term], excluded: [], isOpen: false }, text, exactly).length > 0,
    ),
  );
  if (isExcluded) return null;
  const found = texts.flatMap((text, attribute) =>
    matchesIn(query, text, rules).map((match) => ({ ...match, attribute })),
  );
  const best = query.terms.map((_, term) => {
    const own = found.filter((match) => match.term === term);
    return own.toSorted((a, b) => a.slips - b.slips || a.attribute - b.attribute)[0];
  });
  if (best.includes(undefined)) return null;
  const sum = (of: (match: NonNullable<(typeof best)[number]>) => number) =>
    best.reduce((total, match) => total + (match ? of(match) : 0), 0);
  return {
    document,
    typos: sum(({ slips }) => slips),
    attribute: sum(({ attribute }) => attribute),
    exact: sum(({ slips, word, marked }) => (slips === 0 && marked === word.end - word.start ? 1 : 0)),
  };
};

const exactly: TypoRules = { oneTypo: Number.POSITIVE_INFINITY, twoTypos: Number.POSITIVE_INFINITY };
