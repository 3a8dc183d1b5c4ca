import { describe, expect, it } from 'vitest';
import { highestWishes, mayWish } from './wishlist.ts';

describe('a wishlist', () => {
  it.each([
    [0, false, true],
    [highestWishes - 1, false, true],
    [highestWishes, false, false],
    [highestWishes, true, true],
  ])('of %i that has the product: %s, takes it: %s', (length, has, takes) =>
    expect(mayWish({ length, has })).toBe(takes),
  );
});
