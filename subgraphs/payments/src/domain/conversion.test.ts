import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  conversionBack,
  conversionOf,
  convert,
  crossRate,
  type EuroRate,
  isBookable,
  presentValue,
  type Rate,
} from './conversion.ts';

const euroRate = (
  currency: string,
  decimals: number,
  millionths: bigint,
  date = '2026-01-31',
): EuroRate => ({
  currency,
  millionths,
  decimals,
  date: currency === 'EUR' ? null : date,
});
const euro = euroRate('EUR', 2, 1_000_000n);
const pound = euroRate('GBP', 2, 800_000n, '2026-01-30');
const yen = euroRate('JPY', 0, 160_000_000n);
const dinar = euroRate('KWD', 3, 320_000n);
const rateOf = (from: EuroRate, to: EuroRate): Rate => {
  const rate = crossRate(from, to);
  if (!rate) throw new Error('a rate was expected');
  return rate;
};

describe('a rate between two currencies', () => {
  it.each([
    // 0.80 £ are 160 ¥: a penny is two yen.
    [pound, yen, 2n, 1n, '2026-01-30'],
    [yen, pound, 1n, 2n, '2026-01-30'],
    [pound, dinar, 4n, 1n, '2026-01-30'],
    [dinar, yen, 1n, 2n, '2026-01-31'],
    [euro, yen, 8n, 5n, '2026-01-31'],
    [dinar, euro, 5n, 16n, '2026-01-31'],
  ])(
    'goes through the euro exactly, in minor units, and is as old as the older: %#',
    (from, to, numerator, denominator, date) =>
      expect(crossRate(from, to)).toEqual({
        ...{ from: from.currency, to: to.currency, numerator, denominator, date },
      }),
  );
  it('is none of a currency with itself', () => expect(crossRate(pound, pound)).toBeNull());
});

describe('a conversion', () => {
  it.each([
    [1n, 0n], // 0.5 to the even one
    [3n, 2n], // 1.5
    [5n, 2n], // 2.5
    [7n, 4n], // 3.5
    [0n, 0n],
  ])('of %s yen is %s pence', (minor, expected) =>
    expect(convert(minor, rateOf(yen, pound))).toBe(expected),
  );
  it('is booked up to what the books take in one entry, and no further', () => {
    const rate = rateOf(pound, yen);
    expect(isBookable(5n * 10n ** 11n, rate)).toBe(true);
    expect(isBookable(5n * 10n ** 11n + 1n, rate)).toBe(false);
  });
  it('is valued at the present rate, and as promised where there is none or it leads beyond the books', () => {
    const sale = conversionOf({ minor: 100n, currency: 'GBP' }, rateOf(pound, yen));
    const weaker = { ...sale.rate, numerator: 3n, denominator: 2n };
    expect(presentValue(sale, weaker)).toEqual({ minor: 150n, currency: 'JPY' });
    expect(presentValue(sale, null)).toEqual({ minor: 200n, currency: 'JPY' });
    expect(presentValue(sale, { ...weaker, numerator: 10n ** 12n })).toEqual({
      minor: 200n,
      currency: 'JPY',
    });
  });
});

describe('any conversion', () => {
  const of = (currency: string, decimals: number) =>
    fc.bigInt({ min: 1n, max: 10n ** 12n }).map((millionths) => euroRate(currency, decimals, millionths));
  const currencies = fc.constantFrom(['EUR', 2], ['GBP', 2], ['JPY', 0], ['KWD', 3]) as fc.Arbitrary<
    [string, number]
  >;
  const someRate = fc
    .tuple(currencies, currencies)
    .filter(([[from], [to]]) => from !== to)
    .chain(([from, to]) => fc.tuple(of(...from), of(...to)))
    .map(([from, to]) => rateOf(from.currency === 'EUR' ? euro : from, to.currency === 'EUR' ? euro : to));
  const parts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { maxLength: 12 });
  const distance = (a: bigint, b: bigint) => (a < b ? b - a : a - b);

  it('is at most half a minor unit from the exact sum, even where it is half', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), someRate, (minor, rate) => {
        const got = convert(minor, rate);
        const off = distance(got * rate.denominator, minor * rate.numerator) * 2n;
        expect(off <= rate.denominator).toBe(true);
        if (off === rate.denominator) expect(got % 2n).toBe(0n);
      }),
    ));
  it('goes back in parts that sum to what was credited, none of them below zero, whatever the sequence', () =>
    fc.assert(
      fc.property(parts, fc.bigInt({ min: 0n, max: 10n ** 9n }), someRate, (some, rest, rate) => {
        let kept = some.reduce((sum, part) => sum + part, rest);
        let settled = convert(kept, rate);
        for (const part of [...some, rest]) {
          const { source, target } = conversionBack(kept, part, rate);
          expect(source).toEqual({ minor: part, currency: rate.from });
          expect(target.minor >= 0n).toBe(true);
          kept -= part;
          settled -= target.minor;
          expect(settled).toBe(convert(kept, rate));
        }
        expect(settled).toBe(0n);
      }),
    ));
  it('through the euro is the same fraction both ways', () =>
    fc.assert(
      fc.property(of('JPY', 0), of('KWD', 3), (from, to) => {
        const [there, back] = [rateOf(from, to), rateOf(to, from)];
        expect([back.numerator, back.denominator]).toEqual([there.denominator, there.numerator]);
      }),
    ));
});
