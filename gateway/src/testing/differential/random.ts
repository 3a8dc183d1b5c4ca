/** Numbers that look random and follow from a seed alone. */
export type Random = {
  /** A whole number from 0, below the limit. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
};

/** FNV-1a over the text, mixed so that neighbouring texts have nothing in common. */
export const hash = (text: string): number => {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
};

export const createRandom = (seed: string): Random => {
  let drawn = 0;
  const draw = (): number => {
    drawn += 1;
    return hash(`${seed}/${drawn}`) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(draw() * limit);
  return {
    below,
    chance: (probability) => draw() < probability,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
};
