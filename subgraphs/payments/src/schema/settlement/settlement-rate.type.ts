import { CurrencyCodeScalar, connectionOf, DateTimeScalar, DecimalScalar } from '@emporium/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { ExchangeRate } from '../../application/ports.ts';
import { showMillionths } from '../../domain/millionths.ts';

@ObjectType({
  description:
    'What one euro was in a currency on a day, by which sellers are paid who want another currency than their sales’. It is set once, for good.',
})
export class SettlementRate {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => CurrencyCodeScalar, { description: 'One unit of this currency, which is always EUR …' })
  base!: string;

  @Field(() => CurrencyCodeScalar, { description: '… is worth `rate` of this one.' })
  quote!: string;

  @Field(() => DecimalScalar, { description: 'How much of `quote` one `base` is.' })
  rate!: string;

  @Field(() => String, { description: 'The day that it is of, YYYY-MM-DD.' })
  onDate!: string;

  @Field(() => String, { nullable: true, description: 'Where it is from, as whoever set it said.' })
  source!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was set.' })
  setAt!: string;
}

@ObjectType({ description: 'A page of SettlementRate.' })
export class SettlementRateConnection extends connectionOf('SettlementRate', () => SettlementRate) {}

@ObjectType({ description: 'The rates of one day.' })
export class SettlementRates {
  readonly __typename = 'SettlementRates';

  @Field(() => [SettlementRate], { description: 'All that are set for the day, by currency.' })
  rates!: SettlementRate[];
}

@InputType({ description: 'What one euro was in a currency.' })
export class SettlementRateInput {
  @Field(() => CurrencyCodeScalar, { description: 'Any but EUR.' })
  quote!: string;

  @Field(() => DecimalScalar, {
    description: 'How much of it one euro was: above zero, at most a million.',
  })
  rate!: string;
}

@InputType({ description: 'The rates of one day.' })
export class SettlementRatesInput {
  @Field(() => String, { description: 'The day, YYYY-MM-DD: today or before, in UTC.' })
  onDate!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where they are from, 1 to 100 characters, such as "ECB".',
  })
  source!: string | null | undefined;

  @Field(() => [SettlementRateInput], { description: '1 to 200, each currency once.' })
  rates!: SettlementRateInput[];
}

export const showSettlementRate = ({ currency, millionths, ...rate }: ExchangeRate): SettlementRate => ({
  ...rate,
  base: 'EUR',
  quote: currency,
  rate: showMillionths(millionths),
});
