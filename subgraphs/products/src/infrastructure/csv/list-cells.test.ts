import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readList, readPairs, writeList, writePairs } from './list-cells.ts';

const text = fc.oneof(
  fc.stringOf(fc.constantFrom('\\', '|', '=', 'a'), { minLength: 1, maxLength: 6 }),
  fc.fullUnicodeString({ minLength: 1 }),
);

describe('a cell of several texts', () => {
  it('is read back to the letter, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        expect(readList(writeList(texts))).toEqual(texts);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ name: text, value: text })), (pairs) => {
        expect(readPairs(writePairs(pairs))).toEqual(pairs);
      }),
    );
  });

  it('is easy to write by hand', () => {
    expect(readList('red|light blue')).toEqual(['red', 'light blue']);
    expect(readPairs('Formula=a=b|Weight=350 g')).toEqual([
      { name: 'Formula', value: 'a=b' },
      { name: 'Weight', value: '350 g' },
    ]);
    expect(readPairs('Weight')).toBeNull();
  });
});
