import type { Money } from '@emporium/domain';
import Big from 'big.js';
import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { badUserInput } from './errors.ts';
import { CurrencyCodeScalar, DecimalScalar } from './scalars.ts';

@Directive('@shareable')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('Money', { description: 'An exact amount in one currency.' })
export class MoneyType {
  @Field(() => DecimalScalar, {
    description: 'In the currency\'s major unit, with all its decimals: "12.50".',
  })
  amount!: string;

  @Field(() => CurrencyCodeScalar, { description: 'ISO 4217 code.' })
  currency!: string;
}

@InputType({ description: 'An exact amount in one currency.' })
export class MoneyInput {
  @Field(() => DecimalScalar, {
    description: 'In the currency\'s major unit: "12.50"; no more decimals than it has.',
  })
  amount!: string;

  @Field(() => CurrencyCodeScalar, { description: 'ISO 4217 code.' })
  currency!: string;
}

/** Looked up once: the runtime takes a tenth of a millisecond, and a list of products shows many prices. */
const known = new Map<string, number>();

/** How many decimals the currency has: 2 for GBP, 0 for JPY. Source: the runtime's CLDR data. */
export const decimalsOf = (currency: string): number => {
  const decimals = known.get(currency);
  if (decimals !== undefined) return decimals;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  known.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
};

/** Minor units to the decimal that GraphQL shows. */
export const showMoney = ({ minor, currency }: Money): MoneyType => {
  const decimals = decimalsOf(currency);
  return { amount: new Big(minor.toString()).div(new Big(10).pow(decimals)).toFixed(decimals), currency };
};

const highest = 10n ** 12n;

/** The decimal that a client sent, as minor units. BAD_USER_INPUT for more decimals than the currency has, or above 10^12. */
export const readMoney = ({ amount, currency }: MoneyInput, field: string): Money => {
  const decimals = decimalsOf(currency);
  const minor = new Big(amount).times(new Big(10).pow(decimals));
  if (!minor.eq(minor.round(0)))
    throw badUserInput(`${currency} has ${decimals} decimals, no more.`, field);
  const exact = BigInt(minor.toFixed(0));
  if (exact > highest || exact < -highest) throw badUserInput('The amount is too large.', field);
  return { minor: exact, currency };
};
