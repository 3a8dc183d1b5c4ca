import {
  CountryCodeScalar,
  CurrencyCodeScalar,
  connectionOf,
  MoneyInput,
  MoneyType,
  Refusal,
  resolveType,
} from '@emporium/subgraph';
import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { type Codes, enumOf } from '../refusal-codes.ts';
import { ShippingMethodEnum } from './shipping-method.ts';

@ObjectType('ShippingRate', { description: 'What sending to a country costs in one way.' })
export class ShippingRateType {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => Int, { description: 'Rises by one with each change; orders name the one that they used.' })
  version!: number;

  @Field(() => CountryCodeScalar, { description: 'Where to.' })
  country!: string;

  @Field(() => ShippingMethodEnum, { description: 'How.' })
  method!: keyof typeof ShippingMethodEnum;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Whatever is sent; null when it costs nothing in any currency.',
  })
  flat!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'For each unit besides.' })
  perItem!: MoneyType | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What is paid for the goods, from which on sending costs nothing.',
  })
  freeFrom!: MoneyType | null;

  @Field(() => Int, { description: 'How many days it takes at least.' })
  minDays!: number;

  @Field(() => Int, { description: 'How many days it takes at most.' })
  maxDays!: number;
}

export const ShippingRateConnection = connectionOf('ShippingRate', () => ShippingRateType);

@InputType({ description: 'What sending to a country costs. All amounts are in one currency.' })
export class SetShippingRateInput {
  @Field(() => CountryCodeScalar, { description: 'Where to.' })
  country!: string;

  @Field(() => ShippingMethodEnum, { description: 'How.' })
  method!: keyof typeof ShippingMethodEnum;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Whatever is sent; leave it out when sending costs nothing in any currency.',
  })
  flat?: MoneyInput | null;

  @Field(() => MoneyInput, { nullable: true, description: 'For each unit besides; nothing by default.' })
  perItem?: MoneyInput | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'What is paid for the goods, from which on sending costs nothing.',
  })
  freeFrom?: MoneyInput | null;

  @Field(() => Int, { description: 'How many days it takes at least, 0 to 365.' })
  minDays!: number;

  @Field(() => Int, { description: 'How many days it takes at most, 0 to 365.' })
  maxDays!: number;

  @Field(() => Boolean, {
    nullable: true,
    description: 'For all sellers who set no rates of their own; for administrators.',
  })
  ofPlatform?: boolean | null;
}

@InputType({ description: 'Which way of sending is offered no more.' })
export class RemoveShippingRateInput {
  @Field(() => CountryCodeScalar, { description: 'Where to.' })
  country!: string;

  @Field(() => ShippingMethodEnum, { description: 'How.' })
  method!: keyof typeof ShippingMethodEnum;

  @Field(() => CurrencyCodeScalar, {
    nullable: true,
    description: 'The currency of its amounts; leave it out for one that costs nothing in any.',
  })
  currency?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'One of the platform’s; for administrators.' })
  ofPlatform?: boolean | null;
}

export const makerCodes = {
  NOT_A_SELLER: {
    means: 'Only sellers have rules of their own.',
    says: 'Only sellers can do this. Apply to sell first.',
  },
  NOT_ADMIN: {
    means: 'Only administrators make the platform’s rules.',
    says: 'Only administrators make rules for everybody. Leave `ofPlatform` out.',
  },
} as const satisfies Codes<string>;

export const shippingRateCodes = {
  ...makerCodes,
  NOT_FOUND: {
    means: 'There is no such rate.',
    says: 'There is no such rate. `myShippingRates` lists those that there are.',
  },
  RATE_LIMIT: {
    means: 'There are as many rates as there may be.',
    says: 'There are 2,000 rates already. Remove some first.',
  },
} as const satisfies Codes<string>;

const ShippingRateRefusalCode = enumOf(
  'ShippingRateRefusalCode',
  'Why no rate was changed.',
  shippingRateCodes,
);

@ObjectType({ implements: Refusal, description: 'The rates are as they were.' })
export class ShippingRateRefusal extends Refusal {
  @Field(() => ShippingRateRefusalCode, { description: 'To act on.' })
  code!: keyof typeof shippingRateCodes;
}

export const ShippingRateResult = createUnionType({
  name: 'ShippingRateResult',
  description: 'The rate as it is or was, or why nothing was changed.',
  types: () => [ShippingRateType, ShippingRateRefusal] as const,
  resolveType,
});
