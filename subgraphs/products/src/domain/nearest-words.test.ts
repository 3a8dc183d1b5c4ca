import { describe, expect, it } from 'vitest';
import { nearestWords, slipsBetween } from './nearest-words.ts';

describe('the slips between two words', () => {
  it.each([
    ['iphone', 'iphone', 0],
    ['iphne', 'iphone', 1],
    ['iphoone', 'iphone', 1],
    ['iphobe', 'iphone', 1],
    ['ihpone', 'iphone', 1],
    ['hedphnes', 'headphones', 2],
    ['💡a', '💡b', 1],
    ['', 'ab', 2],
  ])('of %s and %s are %i', (typed, meant, slips) => expect(slipsBetween(typed, meant, 2)).toBe(slips));

  it('are not counted beyond the most', () => expect(slipsBetween('a', 'abcdefgh', 2)).toBe(3));
});

describe('the nearest words', () => {
  it('are those with the fewest slips, in the order given', () =>
    expect(nearestWords('iphne', ['phone', 'iphone', 'iphones'])).toEqual(['iphone']));
  it('are several where they are equally near, and at most three', () =>
    expect(nearestWords('bark', ['dark', 'barn', 'bars', 'mark'])).toEqual(['dark', 'barn', 'bars']));
  it('are none where more than forgiven is wrong', () => {
    expect(nearestWords('mgu', ['mug'])).toEqual([]);
    expect(nearestWords('lmap', ['lamp'])).toEqual(['lamp']);
    expect(nearestWords('hadphn', ['headphone'])).toEqual([]);
    expect(nearestWords('x', [])).toEqual([]);
  });
});
