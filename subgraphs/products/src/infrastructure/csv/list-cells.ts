/** Several texts in one cell: "red|blue"; and pairs: "Weight=350 g|Colour=Blue". A backslash takes the next character as it is. */
export const writeList = (texts: readonly string[]): string => texts.map(shielded).join('|');

type Pair = { readonly name: string; readonly value: string };

export const writePairs = (pairs: readonly Pair[]): string =>
  pairs.map(({ name, value }) => `${shielded(name)}=${shielded(value)}`).join('|');

/** An empty cell is an empty list. */
export const readList = (cell: string): string[] => (cell === '' ? [] : split(cell, '|').map(unshielded));

/** Null where one of them is no pair. */
export const readPairs = (cell: string): Pair[] | null => {
  const pairs = (cell === '' ? [] : split(cell, '|')).map((piece) => split(piece, '='));
  if (pairs.some((parts) => parts.length < 2)) return null;
  return pairs.map(([name = '', ...value]) => ({
    name: unshielded(name),
    value: unshielded(value.join('=')),
  }));
};

const shielded = (text: string): string => text.replaceAll(/[\\|=]/g, '\\$&');
const unshielded = (text: string): string => text.replaceAll(/\\(.)/gs, '$1');

/** At each separator without a backslash; the pieces keep theirs. */
const split = (text: string, separator: string): string[] => {
  const pieces = [''];
  for (const [piece] of text.matchAll(/\\.|[^\\]|\\$/gs)) {
    if (piece === separator) pieces.push('');
    else pieces.push(`${pieces.pop() ?? ''}${piece}`);
  }
  return pieces;
};
