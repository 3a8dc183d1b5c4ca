import { describe, expect, it } from 'vitest';
import { mostLevels, place, treeOf } from './category-tree.ts';

const category = (id: string, parentId: string | null = null) => ({ id, parentId });
/** Home over kitchen over mugs; garden beside. */
const all = [
  category('home'),
  category('kitchen', 'home'),
  category('mugs', 'kitchen'),
  category('garden'),
];
const tree = treeOf(all);
const ids = (categories: readonly { id: string }[]) => categories.map(({ id }) => id);

describe('a tree of categories', () => {
  it('knows the way down to each', () => {
    expect(ids(tree.pathOf('mugs'))).toEqual(['home', 'kitchen', 'mugs']);
    expect(ids(tree.pathOf('garden'))).toEqual(['garden']);
    expect(tree.pathOf('nowhere')).toEqual([]);
  });
  it('knows what stands in each', () => {
    expect(ids(tree.childrenOf('home'))).toEqual(['kitchen']);
    expect(tree.childrenOf('mugs')).toEqual([]);
  });
  it('ends where somebody made a circle by hand', () =>
    expect(ids(treeOf([category('a', 'b'), category('b', 'a')]).pathOf('a'))).toEqual(['b', 'a']));
});

describe('a category', () => {
  it('may stand at the top, or in one that it does not hold', () => {
    expect(place(tree, 'mugs', null).ok).toBe(true);
    expect(place(tree, 'kitchen', 'garden').ok).toBe(true);
    expect(place(tree, 'kitchen', 'home').ok).toBe(true);
  });
  it('may stand neither in itself nor in what it holds', () => {
    for (const parent of ['home', 'kitchen', 'mugs'])
      expect(place(tree, 'home', parent)).toEqual({ ok: false, refusal: 'WOULD_CIRCLE' });
  });
  it('has so many levels above and below it and no more', () => {
    const chain = Array.from({ length: mostLevels - 1 }, (_, level) =>
      category(`c${level}`, level === 0 ? null : `c${level - 1}`),
    );
    const deep = treeOf([...chain, ...all]);
    const last = `c${mostLevels - 2}`;
    expect(place(deep, 'garden', last).ok).toBe(true);
    expect(place(deep, 'kitchen', last)).toEqual({ ok: false, refusal: 'TOO_DEEP' });
    expect(place(deep, 'kitchen', `c${mostLevels - 3}`).ok).toBe(true);
  });
});
