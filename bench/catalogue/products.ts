import { adjectives, colours, materials, nouns, phrases, syllables } from './words.ts';

/** A product as the bench makes it; the same for the same number, whatever the size of the catalogue. */
export type MadeProduct = {
  readonly title: string;
  readonly description: string;
  readonly seller: number;
  readonly category: number;
  readonly tags: readonly string[];
  readonly variants: readonly { readonly colour: string; readonly minor: number }[];
};

export const sellers = 200;
export const categories = 40;

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
const draws = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Few are frequent and many are rare, as words and sellers are. */
const oneOf = <T>(all: readonly T[], draw: () => number): T => all[skewed(all.length, draw)] as T;
const skewed = (length: number, draw: () => number): number => Math.floor(length * draw() ** 1.5);

const makers = Array.from({ length: 5_000 }, (_, number) => {
  const draw = draws(number + 1);
  const syllable = () => syllables[Math.floor(draw() * syllables.length)] as string;
  // Ends as no other word does: a slip in one must not make it a maker's name.
  const name = `${Array.from({ length: 3 + (number % 2) }, syllable).join('')}x`;
  return name.slice(0, 1).toUpperCase() + name.slice(1);
});

export const makeProduct = (seed: number, number: number): MadeProduct => {
  const draw = draws(seed * 7_919 + number * 104_729);
  const noun = oneOf(nouns, draw);
  const category = nouns.indexOf(noun) % categories;
  const model = Math.floor(draw() * 900 + 100);
  const title = `${oneOf(makers, draw)} ${oneOf(adjectives, draw)} ${oneOf(materials, draw)} ${noun} ${model}`;
  const price = Math.floor(200 + draw() ** 3 * 60_000);
  const text = [
    `A ${noun} of ${oneOf(materials, draw)}`,
    oneOf(phrases, draw),
    `${oneOf(phrases, draw)}, ${oneOf(adjectives, draw)} and ${oneOf(adjectives, draw)}`,
    `for the ${oneOf(nouns, draw)}`,
  ];
  return {
    title,
    description: `${text.join('; ')}.`,
    seller: skewed(sellers, draw),
    category,
    tags: [...new Set([oneOf(adjectives, draw), oneOf(materials, draw)])],
    variants: Array.from({ length: 1 + Math.floor(draw() * 3) }, (_, index) => ({
      colour: oneOf(colours, draw),
      minor: price + index * 100,
    })),
  };
};
