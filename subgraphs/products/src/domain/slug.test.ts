import { describe, expect, it } from 'vitest';
import { countFree, freeSlug, slugOf, stemsOf } from './slug.ts';

describe('a slug', () => {
  it.each([
    ['Stoneware mug', 'stoneware-mug'],
    ['  Café, "Crème" & Co. ', 'cafe-creme-co'],
    ['Children’s T-shirt', 'childrens-t-shirt'],
    ['ÅNGSTRÖM ½ pint', 'angstrom-1-2-pint'],
    ['茶碗', '茶碗'],
    ['한국 찻잔', '한국-찻잔'],
    ['💡!!!', 'product'],
    ['x'.repeat(200), 'x'.repeat(80)],
    [`${'x'.repeat(79)} y`, 'x'.repeat(79)],
  ])('of %s is %s', (title, slug) => expect(slugOf(title)).toBe(slug));

  it('takes the lowest number that makes it free', () => {
    expect(freeSlug('mug', new Set())).toBe('mug');
    expect(freeSlug('mug', new Set(['mug', 'mug-2', 'mug-4']))).toBe('mug-3');
  });
  it('shares its stem with all that could stand in its way', () => {
    expect(stemsOf('mug')).toContain('mug');
    expect(stemsOf('size-9')).toEqual(['size-9', 'size']);
  });
  it.each([
    [['mug', 'pot'], { mug: 1, pot: 1 }],
    [['mug', 'mug', 'mug'], { mug: 3 }],
    [['mug', 'mug-2', 'mug-3'], { mug: 3, 'mug-2': 2, 'mug-3': 2 }],
    [['mug-1', 'mug-2', 'mug-3'], { 'mug-1': 1, 'mug-2': 1, 'mug-3': 1 }],
    [['mug-2', 'mug-2-2', 'mug-2-3'], { 'mug-2': 3, 'mug-2-2': 2, 'mug-2-3': 2 }],
  ])('of %j is found if so many are known', (wanted, counts) =>
    expect(Object.fromEntries(countFree(wanted))).toEqual(counts),
  );
});
