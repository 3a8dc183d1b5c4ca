import { CurrencyCodeScalar, DecimalScalar, MoneyType, showMoney } from '@emporium/subgraph';
import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import {
  baseCurrency,
  type ConvertedPrice as Converted,
  type ExchangeRate as Rate,
} from '../domain/conversion.ts';

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'What a price comes to in another currency.' })
export class ConvertedPrice {
  @Field(() => MoneyType, {
    description:
      'The price times `rate`, rounded once, to the nearest minor unit; of two that are as near, to the even one.',
  })
  amount!: MoneyType;

  @Field(() => DecimalScalar, {
    description:
      'How much of the currency one unit of the price’s own was taken for, with up to 15 decimals.',
  })
  rate!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The day of the rate, YYYY-MM-DD; null where none was needed.',
  })
  rateDate!: string | null;

  @Field(() => Boolean, { description: 'Whether nothing was rounded off.' })
  exact!: boolean;
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'What one currency was worth in another on a day.' })
export class ExchangeRate {
  @Field(() => CurrencyCodeScalar, { description: 'One unit of this currency …' })
  base!: string;

  @Field(() => CurrencyCodeScalar, { description: '… is worth `rate` of this one.' })
  quote!: string;

  @Field(() => DecimalScalar, { description: 'How much of `quote` one `base` is.' })
  rate!: string;

  @Field(() => String, { description: 'The day that it is of, YYYY-MM-DD.' })
  onDate!: string;
}

@InputType({ description: 'What one euro was worth in a currency.' })
export class ExchangeRateInput {
  @Field(() => CurrencyCodeScalar, { description: 'USD, GBP or INR.' })
  quote!: string;

  @Field(() => DecimalScalar, { description: 'How much of it one euro is: above zero, at most a million.' })
  rate!: string;
}

@InputType({ description: 'The rates of one day.' })
export class ExchangeRatesInput {
  @Field(() => String, { description: 'The day, YYYY-MM-DD: today or before, in UTC.' })
  onDate!: string;

  @Field(() => [ExchangeRateInput], { description: 'One or more, each currency once.' })
  rates!: ExchangeRateInput[];
}

export const showRate = (rate: Rate): ExchangeRate => ({ base: baseCurrency, ...rate });

export const showConverted = (price: Converted | null): ConvertedPrice | null =>
  price && { ...price, amount: showMoney(price.amount) };
