import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardCell, unguardCell } from './formula-cells.ts';

describe('a cell', () => {
  it.each(['=1', '+1', '-1', '@a', '\t=1', '\r', '\n=1', '＝1'])('of %j is no formula any more', (text) =>
    expect(guardCell(text)).toBe(`'${text}`),
  );

  it.each(['', 'Mug', "'tis", "''", 'a=b', '12.50'])('of %j stays as it is', (text) => {
    expect(guardCell(text)).toBe(text);
    expect(unguardCell(text)).toBe(text);
  });

  it('is read back to the letter, whatever it is', () => {
    const odd = fc.stringOf(fc.constantFrom("'", '=', '+', '@', '\t', 'a'), { maxLength: 6 });
    fc.assert(
      fc.property(fc.oneof(odd, fc.fullUnicodeString()), (text) => {
        expect(unguardCell(guardCell(text))).toBe(text);
        expect(guardCell(text)).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});
