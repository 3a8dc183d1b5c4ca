/** What a price comes to in another currency, by rates of the euro. Whole numbers alone: nothing passes through a float. */
import { type Currency, divideHalfEven, type Money } from '@emporium/domain';

/** The currencies that prices are shown in, with the decimals that each has (ISO 4217). */
const decimals: ReadonlyMap<Currency, number> = new Map([
  ['EUR', 2],
  ['GBP', 2],
  ['INR', 2],
  ['USD', 2],
]);

/** What all rates are rates of. */
export const baseCurrency: Currency = 'EUR';

/** The currencies that a rate can be set for. */
export const quoteCurrencies: readonly Currency[] = [...decimals.keys()].filter(
  (currency) => currency !== baseCurrency,
);

/** How much of `quote` one euro is, as a decimal such as "0.82918", and the day (YYYY-MM-DD) that it is of. */
export type ExchangeRate = { readonly quote: Currency; readonly rate: string; readonly onDate: string };

export type ConvertedPrice = {
  readonly amount: Money;
  /** What one unit of the price's currency was taken for; the amount is the price times this, and nothing else. */
  readonly rate: string;
  /** The older of the days whose rates were used; null when none was. */
  readonly rateDate: string | null;
  /** Whether nothing was rounded off the amount. */
  readonly exact: boolean;
};

/** A rate between two currencies has so many decimals: a price of 10^12 minor units comes out right to the minor unit. */
const rateDecimals = 15;
const scale = 10n ** BigInt(rateDecimals);

/** The price in another currency; null when there is no rate for one of the two. */
export const convert = (
  price: Money,
  to: Currency,
  rates: readonly ExchangeRate[],
): ConvertedPrice | null => {
  if (price.currency === to) return { amount: price, rate: '1', rateDate: null, exact: true };
  const [from, into] = [rateOf(price.currency, rates), rateOf(to, rates)];
  if (!from || !into) return null;
  const rate = divideHalfEven(into.scaled * scale, from.scaled);
  // A price in a currency's minor units, taken for another's.
  const numerator = price.minor * rate * 10n ** BigInt(into.decimals);
  const denominator = scale * 10n ** BigInt(from.decimals);
  const minor = divideHalfEven(numerator, denominator);
  return {
    amount: { minor, currency: to },
    rate: showScaled(rate),
    rateDate: [from.onDate, into.onDate].filter((day) => day !== null).toSorted()[0] ?? null,
    exact: minor * denominator === numerator,
  };
};

type Known = { readonly scaled: bigint; readonly decimals: number; readonly onDate: string | null };

const rateOf = (currency: Currency, rates: readonly ExchangeRate[]): Known | null => {
  const digits = decimals.get(currency);
  if (digits === undefined) return null;
  if (currency === baseCurrency) return { scaled: scale, decimals: digits, onDate: null };
  const known = rates.find(({ quote }) => quote === currency);
  return known ? { scaled: readScaled(known.rate), decimals: digits, onDate: known.onDate } : null;
};

/** A decimal with at most fifteen decimals, times 10^15. */
const readScaled = (decimal: string): bigint => {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(rateDecimals, '0'));
};

const showScaled = (scaled: bigint): string => {
  const digits = scaled.toString().padStart(rateDecimals + 1, '0');
  return `${digits.slice(0, -rateDecimals)}.${digits.slice(-rateDecimals)}`.replace(/\.?0+$/, '');
};
