/** Money of one currency for another's, by whole numbers alone: nothing passes through a float, and a sum is rounded once. */
import { type Currency, divideHalfEven, type Money } from '@emporium/domain';
import { highestAmount } from './highest-amount.ts';

/** What one minor unit of a currency is in another's minor units: a fraction in lowest terms, above zero. */
export type Rate = {
  readonly from: Currency;
  readonly to: Currency;
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** The day that it is of, YYYY-MM-DD: the older one where two rates made it. */
  readonly date: string;
};

/** What one euro was in a currency, in millionths of its major unit. The euro's own is of no day. */
export type EuroRate = {
  readonly currency: Currency;
  readonly millionths: bigint;
  /** How many digits its minor unit is behind its major one: 0 of JPY, 2 of GBP, 3 of KWD. */
  readonly decimals: number;
  readonly date: string | null;
};

/** A sum that was taken of one currency, and what was promised for it in another. */
export type Conversion = { readonly rate: Rate; readonly source: Money; readonly target: Money };

/** Between two currencies through the euro, without a digit lost. Null of a currency with itself: neither has a day. */
export const crossRate = (from: EuroRate, to: EuroRate): Rate | null => {
  const date = [from.date, to.date].filter((day) => day !== null).toSorted()[0];
  if (date === undefined || from.currency === to.currency) return null;
  const exact = lowestTerms(
    to.millionths * 10n ** BigInt(to.decimals),
    from.millionths * 10n ** BigInt(from.decimals),
  );
  return { from: from.currency, to: to.currency, ...exact, date };
};

export const lowestTerms = (
  numerator: bigint,
  denominator: bigint,
): Pick<Rate, 'numerator' | 'denominator'> => {
  const common = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
};

const greatestCommonDivisor = (a: bigint, b: bigint): bigint =>
  b === 0n ? a : greatestCommonDivisor(b, a % b);

/** Minor units in the other currency; rounded once, half to even. */
export const convert = (minor: bigint, { numerator, denominator }: Rate): bigint =>
  divideHalfEven(minor * numerator, denominator);

export const conversionOf = (source: Money, rate: Rate): Conversion => ({
  rate,
  source,
  target: { minor: convert(source.minor, rate), currency: rate.to },
});

/**
 * What goes back when `minor` of the `kept` that was converted does. Whatever came before, what is left is then the conversion of
 * what is kept: so any sequence of parts sums to what was credited, to the minor unit.
 */
export const conversionBack = (kept: bigint, minor: bigint, rate: Rate): Conversion => ({
  rate,
  source: { minor, currency: rate.from },
  target: { minor: convert(kept, rate) - convert(kept - minor, rate), currency: rate.to },
});

/** Whether the books take what a sum comes to: a rate that leads beyond them is promised to nobody. */
export const isBookable = (minor: bigint, rate: Rate): boolean => convert(minor, rate) <= highestAmount;

/** What a conversion's source is worth at the present rate; without one that can be used, what was promised for it. */
export const presentValue = ({ source, target }: Conversion, present: Rate | null): Money =>
  present && isBookable(source.minor, present)
    ? { minor: convert(source.minor, present), currency: present.to }
    : target;
