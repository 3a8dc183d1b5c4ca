import { divideHalfEven } from '@emporium/domain';
import { DecimalScalar, decimalsOf, MoneyType, showMoney } from '@emporium/subgraph';
import { Field, ObjectType } from 'type-graphql';
import type { WalletConversion as View } from '../../application/views.ts';
import { lowestTerms, type Rate } from '../../domain/conversion.ts';

@ObjectType({
  description:
    'What an entry was before it was converted: of a sale in another currency, or what went back of one.',
})
export class WalletConversion {
  @Field(() => MoneyType, {
    description:
      'What was converted, without `commission`: positive came in, negative went out. Of what went back it is all of it, also what the wallet lacked.',
  })
  from!: MoneyType;

  @Field(() => MoneyType, {
    description: 'What the marketplace kept before it was converted; negative when it gave that back.',
  })
  commission!: MoneyType;

  @Field(() => DecimalScalar, {
    description:
      'How much one unit of the sale’s currency was taken for, to 15 decimals; what was booked is by `exactRate`.',
  })
  rate!: string;

  @Field(() => String, {
    description:
      'The same as a fraction, such as "3/2". A sale’s amount is `from` times this, rounded once, half to even; a refund leaves what the rest comes to.',
  })
  exactRate!: string;

  @Field(() => String, { description: 'The day of the rate, YYYY-MM-DD.' })
  rateDate!: string;
}

export const showConversion = ({ from, commission, rate }: View): WalletConversion => {
  const major = inMajorUnits(rate);
  return {
    from: showMoney(from),
    commission: showMoney(commission),
    rate: showDecimal(major),
    exactRate: `${major.numerator}/${major.denominator}`,
    rateDate: rate.date,
  };
};

type Fraction = Pick<Rate, 'numerator' | 'denominator'>;

const inMajorUnits = ({ from, to, numerator, denominator }: Rate): Fraction =>
  lowestTerms(numerator * 10n ** BigInt(decimalsOf(from)), denominator * 10n ** BigInt(decimalsOf(to)));

const places = 15;

const showDecimal = ({ numerator, denominator }: Fraction): string => {
  const digits = divideHalfEven(numerator * 10n ** BigInt(places), denominator)
    .toString()
    .padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
};
