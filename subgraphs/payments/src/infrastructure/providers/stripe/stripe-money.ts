import type { Money } from '@emporium/domain';

/** Where Stripe counts in hundredths of what ISO 4217 calls the minor unit. */
const hundredths = ['ISK', 'UGX'];

const scaleOf = (currency: string): number => (hundredths.includes(currency) ? 100 : 1);

/** An amount as Stripe takes it: a whole number that JSON holds exactly, and the currency in small letters. */
export const toStripe = ({ minor, currency }: Money): { amount: number; currency: string } => ({
  amount: Number(minor) * scaleOf(currency),
  currency: currency.toLowerCase(),
});

/** Whether what Stripe tells is that amount. */
export const isSame = (
  told: { readonly amount: number; readonly currency: string },
  money: Money,
): boolean => {
  const expected = toStripe(money);
  return told.amount === expected.amount && told.currency.toLowerCase() === expected.currency;
};

/** The amount that Stripe tells; null when it is none that we could have asked for. */
export const fromStripe = (told: { readonly amount: number; readonly currency: string }): Money | null => {
  const currency = told.currency.toUpperCase();
  const minor = told.amount / scaleOf(currency);
  return /^[A-Z]{3}$/.test(currency) && Number.isSafeInteger(minor)
    ? { minor: BigInt(minor), currency }
    : null;
};

/** A fee of Stripe's in minor units; where it is a fraction of one, the nearest. */
export const feeFromStripe = (fee: number, currency: string): bigint =>
  BigInt(Math.round(fee / scaleOf(currency.toUpperCase())));
