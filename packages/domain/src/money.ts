/** ISO 4217 code. */
export type Currency = string;

/** An amount in the currency's minor unit (pence, cents): whole, never a float. */
export type Money = { readonly minor: bigint; readonly currency: Currency };

export const zero = (currency: Currency): Money => ({ minor: 0n, currency });

/** Throws a TypeError when the currencies differ: mixing them is a bug, not a refusal. */
export const add = (a: Money, b: Money): Money => {
  if (a.currency !== b.currency) throw new TypeError(`${a.currency} cannot be added to ${b.currency}`);
  return { minor: a.minor + b.minor, currency: a.currency };
};

export const negate = ({ minor, currency }: Money): Money => ({ minor: -minor, currency });

/** A unit price times a whole quantity: exact, so nothing is rounded. */
export const multiply = ({ minor, currency }: Money, quantity: number): Money => ({
  minor: minor * BigInt(quantity),
  currency,
});

/** The sum in `currency`; an empty list is zero. */
export const sum = (amounts: readonly Money[], currency: Currency): Money =>
  amounts.reduce(add, zero(currency));

export const equals = (a: Money, b: Money): boolean => a.minor === b.minor && a.currency === b.currency;

export const isPositive = ({ minor }: Money): boolean => minor > 0n;
