import { describe, expect, it } from 'vitest';
import { add, equals, multiply, negate, sum, zero } from './money.ts';

const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });

describe('money', () => {
  it('sums to the minor unit beyond what a float can hold', () => {
    expect(sum([gbp(9_007_199_254_740_993n), gbp(1n)], 'GBP')).toEqual(gbp(9_007_199_254_740_994n));
  });
  it('of no lines is zero', () => expect(sum([], 'GBP')).toEqual(zero('GBP')));
  it('refuses to mix currencies', () => {
    expect(() => add(gbp(1n), { minor: 1n, currency: 'USD' })).toThrow(TypeError);
  });
  it('multiplies exactly', () => expect(multiply(gbp(335n), 100_000)).toEqual(gbp(33_500_000n)));
  it('cancels out with its negation', () =>
    expect(equals(add(gbp(5n), negate(gbp(5n))), zero('GBP'))).toBe(true));
});
