import { describe, expect, it } from 'vitest';
import { type Fetched, merge, own } from './fetched.ts';

const mergedOf = (target: Fetched, ...sources: Fetched[]): Fetched => {
  for (const source of sources) merge(target, source);
  return target;
};

describe('merging what two subgraphs say', () => {
  it.each<[string, Fetched, Fetched, Fetched]>([
    ['fields side by side', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['an object deeply', { a: { x: 1 } }, { a: { y: 2 } }, { a: { x: 1, y: 2 } }],
    [
      'lists item by item',
      { a: [{ x: 1 }, { x: 2 }] },
      { a: [{ y: 1 }, { y: 2 }] },
      {
        a: [
          { x: 1, y: 1 },
          { x: 2, y: 2 },
        ],
      },
    ],
    ['lists of lists', { a: [[{ x: 1 }]] }, { a: [[{ y: 1 }]] }, { a: [[{ x: 1, y: 1 }]] }],
    ['a later scalar over an earlier one', { a: 1 }, { a: 2 }, { a: 2 }],
    ['a scalar into null', { a: null }, { a: 2 }, { a: 2 }],
  ])('merges %s', (_what, target, source, expected) => expect(mergedOf(target, source)).toEqual(expected));

  it('keeps an object though another says null, in either order', () => {
    expect(mergedOf({}, { a: null }, { a: { x: 1 } })).toEqual({ a: { x: 1 } });
    expect(mergedOf({}, { a: { x: 1 } }, { a: null })).toEqual({ a: { x: 1 } });
  });

  it('reads own properties only', () => {
    expect(own({}, 'constructor')).toBeUndefined();
    expect(mergedOf({}, { constructor: { x: 1 } })).toEqual({ constructor: { x: 1 } });
    expect(({} as Fetched).x).toBeUndefined();
  });
});
