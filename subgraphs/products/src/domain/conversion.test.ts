import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, type ExchangeRate, quoteCurrencies } from './conversion.ts';

const rates: ExchangeRate[] = [
  { quote: 'USD', rate: '1.25', onDate: '2026-01-31' },
  { quote: 'GBP', rate: '0.8', onDate: '2026-01-30' },
  { quote: 'INR', rate: '88.9335', onDate: '2026-01-31' },
];
const money = (minor: bigint, currency: string) => ({ minor, currency });
const minorOf = (minor: bigint, from: string, to: string, of = rates) =>
  convert(money(minor, from), to, of)?.amount.minor;

describe('a price in another currency', () => {
  it('is the price times the rate', () => {
    expect(convert(money(1000n, 'EUR'), 'USD', rates)).toEqual({
      amount: money(1250n, 'USD'),
      rate: '1.25',
      rateDate: '2026-01-31',
      exact: true,
    });
  });

  it('goes through the euro, and is as old as the older rate', () => {
    expect(convert(money(1001n, 'GBP'), 'USD', rates)).toEqual({
      amount: money(1564n, 'USD'),
      rate: '1.5625',
      rateDate: '2026-01-30',
      exact: false,
    });
  });

  it.each([
    [2n, 2n], // 2.5
    [6n, 8n], // 7.5
    [1n, 1n], // 1.25
    [3n, 4n], // 3.75
  ])('of %s cents is rounded to %s, the even one where it is half', (minor, expected) =>
    expect(minorOf(minor, 'EUR', 'USD')).toBe(expected),
  );

  it('is itself in its own, whether there are rates or not', () => {
    const price = money(999n, 'JPY');
    expect(convert(price, 'JPY', [])).toEqual({ amount: price, rate: '1', rateDate: null, exact: true });
  });

  it('is not known without a rate', () => {
    expect(convert(money(1n, 'EUR'), 'GBP', [])).toBeNull();
    expect(convert(money(1n, 'JPY'), 'EUR', rates)).toBeNull();
    expect(convert(money(1n, 'EUR'), 'JPY', rates)).toBeNull();
  });
});

describe('any price at any rates', () => {
  const currency = fc.constantFrom('EUR', ...quoteCurrencies);
  const minor = fc.bigInt({ min: 1n, max: 10n ** 12n });
  // In millionths, as many as may be set.
  const millionths = fc.bigInt({ min: 1n, max: 10n ** 12n });
  const asDecimal = (value: bigint) =>
    value
      .toString()
      .padStart(7, '0')
      .replace(/(\d{6})$/, '.$1');
  const someRates = fc.tuple(millionths, millionths, millionths).map((all) =>
    all.map(
      (value, index): ExchangeRate => ({
        quote: quoteCurrencies[index] ?? '',
        rate: asDecimal(value),
        onDate: '2026-01-31',
      }),
    ),
  );
  const fraction = (decimal: string): [bigint, bigint] => {
    const [whole = '', part = ''] = decimal.split('.');
    return [BigInt(whole + part), 10n ** BigInt(part.length)];
  };
  const distance = (a: bigint, b: bigint) => (a < b ? b - a : a - b);

  it('is the price times the rate that is told, half a minor unit away at most, even where it is half', () => {
    fc.assert(
      fc.property(minor, currency, currency, someRates, (price, from, to, known) => {
        const converted = convert(money(price, from), to, known);
        const [numerator, denominator] = fraction(converted?.rate ?? '');
        const got = converted?.amount.minor ?? -1n;
        const off = distance(got * denominator, price * numerator) * 2n;
        expect(off <= denominator).toBe(true);
        if (off === denominator) expect(got % 2n).toBe(0n);
        expect(converted?.exact).toBe(off === 0n);
      }),
    );
  });

  it('is never less for more', () => {
    fc.assert(
      fc.property(minor, minor, currency, currency, someRates, (a, b, from, to, known) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(minorOf(low, from, to, known)).toBeLessThanOrEqual(Number(minorOf(high, from, to, known)));
      }),
    );
  });
});
