import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commissionBack, commissionOn } from './commission.ts';

describe('a commission', () => {
  it.each([
    [1000n, 250, 25n],
    [1000n, 0, 0n],
    [1000n, 10_000, 1000n],
    [10n, 500, 0n],
    [30n, 500, 2n],
    [50n, 500, 2n],
    [10n ** 12n, 1, 10n ** 8n],
  ])('on %s at %s basis points is %s', (minor, rate, expected) =>
    expect(commissionOn(minor, rate)).toBe(expected),
  );

  const sale = fc.record({
    rate: fc.integer({ min: 0, max: 10_000 }),
    parts: fc.array(fc.bigInt({ min: 0n, max: 2000n }), { maxLength: 12 }),
    rest: fc.bigInt({ min: 0n, max: 2000n }),
  });

  it('goes back in parts that sum to it, each within what goes back', () =>
    fc.assert(
      fc.property(sale, ({ rate, parts, rest }) => {
        let kept = parts.reduce((sum, part) => sum + part, rest);
        let commission = commissionOn(kept, rate);
        for (const part of [...parts, rest]) {
          const back = commissionBack(kept, part, rate);
          expect(back >= 0n && back <= part).toBe(true);
          kept -= part;
          commission -= back;
          expect(commission).toBe(commissionOn(kept, rate));
        }
        expect(commission).toBe(0n);
      }),
    ));
});
