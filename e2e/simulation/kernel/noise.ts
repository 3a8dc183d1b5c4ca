/**
 * Chance, all of it from one seed. Each place draws from a row of numbers of its own: leaving something out of a story does not
 * change the luck of everything else, so that a story can be made shorter and still fail alike.
 */
export type Noise = {
  /** From 0 up to, but not, 1. */
  unit(place: string): number;
  /** A whole number, both ends included. */
  between(place: string, least: number, most: number): number;
  happens(place: string, probability: number): boolean;
  /** Undefined of nothing. */
  pick<T>(place: string, from: readonly T[]): T | undefined;
};

/** 32 bits that depend on all of the text. */
export const hashOf = (text: string, seed = 0): number => {
  let hash = 0x9e3779b9 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x85ebca6b);
    hash = (hash << 13) | (hash >>> 19);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
};

export const createNoise = (seed: number): Noise => {
  const draws = new Map<string, number>();
  const unit = (place: string): number => {
    const draw = (draws.get(place) ?? 0) + 1;
    draws.set(place, draw);
    return hashOf(`${place}#${draw}`, Math.imul(seed + 1, 0x27d4eb2f)) / 2 ** 32;
  };
  const between = (place: string, least: number, most: number) =>
    least + Math.floor(unit(place) * (most - least + 1));
  return {
    unit,
    between,
    happens: (place, probability) => unit(place) < probability,
    pick: (place, from) => from[between(place, 0, from.length - 1)],
  };
};
