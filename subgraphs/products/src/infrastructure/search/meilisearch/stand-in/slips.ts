/** How Meilisearch compares words, by its documentation. */

/** A word of a text, folded, and where it stands in the text. */
export type Word = { readonly word: string; readonly start: number; readonly end: number };

const fold = (word: string): string => word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)].map(({ 0: word, index }) => ({
    word: fold(word),
    start: index,
    end: index + word.length,
  }));

export type TypoRules = { readonly oneTypo: number; readonly twoTypos: number };

/** By default one from five letters on, two from nine on. */
export const typosAllowed = (word: string, { oneTypo, twoTypos }: TypoRules): number => {
  const length = [...word].length;
  if (length >= twoTypos) return 2;
  return length >= oneTypo ? 1 : 0;
};

/**
 * Slips between a typed word and one of a document; a swap of neighbours is one, a wrong first letter two. With `isPrefix`
 * the typed word may be the beginning of the other. Null where there are more than allowed.
 */
export const slipsBetween = (
  typed: string,
  word: string,
  isPrefix: boolean,
  allowed: number,
): number | null => {
  if (isPrefix ? word.startsWith(typed) : word === typed) return 0;
  if (allowed === 0) return null;
  const row = lastRow(typed, word);
  const least = isPrefix ? Math.min(...row) : (row.at(-1) ?? Number.POSITIVE_INFINITY);
  const slips = least + (least > 0 && typed[0] !== word[0] ? 1 : 0);
  return slips <= allowed ? slips : null;
};

/** Distances of `typed` to each beginning of `word`. */
const lastRow = (typed: string, word: string): number[] => {
  let before: number[] = [];
  let row = Array.from({ length: word.length + 1 }, (_, index) => index);
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= word.length; j += 1) {
      const same = typed[i - 1] === word[j - 1];
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row;
};
