import {
  connectionOf,
  DateTimeScalar,
  DecimalScalar,
  MoneyInput,
  MoneyType,
  Refusal,
  resolveType,
} from '@emporium/subgraph';
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Codes, enumOf } from '../refusal-codes.ts';
import { makerCodes } from './shipping-rate.type.ts';

export const PromotionKind = {
  PERCENTAGE: 'PERCENTAGE',
  FIXED_AMOUNT: 'FIXED_AMOUNT',
  BUY_X_GET_Y: 'BUY_X_GET_Y',
} as const;

registerEnumType(PromotionKind, {
  name: 'PromotionKind',
  description: 'What a promotion takes off.',
  valuesConfig: {
    PERCENTAGE: { description: '`percent` of what its lines cost.' },
    FIXED_AMOUNT: { description: '`amount`, or as much as its lines cost.' },
    BUY_X_GET_Y: { description: 'Of every `buy` and `get` units of one variant, `get` cost nothing.' },
  },
});

@ObjectType('Promotion', { description: 'What is taken off, of whose goods, and when.' })
export class PromotionType {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'What buyers read.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What buyers type in; null when it needs no code.' })
  couponCode!: string | null;

  @Field(() => PromotionKind, { description: 'What it takes off.' })
  kind!: keyof typeof PromotionKind;

  @Field(() => DecimalScalar, { nullable: true, description: 'With PERCENTAGE.' })
  percent!: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'With FIXED_AMOUNT.' })
  amount!: MoneyType | null;

  @Field(() => Int, { nullable: true, description: 'With BUY_X_GET_Y: so many are paid.' })
  buy!: number | null;

  @Field(() => Int, { nullable: true, description: 'With BUY_X_GET_Y: so many more cost nothing.' })
  get!: number | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What its goods must come to, before anything is taken off.',
  })
  minimum!: MoneyType | null;

  @Field(() => DateTimeScalar, { description: 'From when on.' })
  validFrom!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when; null until somebody ends it.',
  })
  validUntil!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many orders may use it; null for any number.' })
  limitTotal!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many orders of one buyer may use it.' })
  limitPerUser!: number | null;

  @Field(() => Int, {
    description: 'How many orders use it that did not come to nothing; 0 without a code.',
  })
  redeemed!: number;
}

export const PromotionConnection = connectionOf('Promotion', () => PromotionType);

@InputType({ description: 'What is taken off, and when. It cannot be changed, only ended.' })
export class CreatePromotionInput {
  @Field(() => String, { description: 'What buyers read, 1 to 100 characters.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What buyers type in: 3 to 40 letters, digits, hyphens and underscores, however written. Without one it is taken off by itself.',
  })
  code?: string | null;

  @Field(() => PromotionKind, { description: 'What it takes off.' })
  kind!: keyof typeof PromotionKind;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'With PERCENTAGE: above 0, to 100, with up to four decimals.',
  })
  percent?: string | null;

  @Field(() => MoneyInput, { nullable: true, description: 'With FIXED_AMOUNT: above zero.' })
  amount?: MoneyInput | null;

  @Field(() => Int, { nullable: true, description: 'With BUY_X_GET_Y: 1 to 1,000.' })
  buy?: number | null;

  @Field(() => Int, { nullable: true, description: 'With BUY_X_GET_Y: 1 to 1,000.' })
  get?: number | null;

  @Field(() => MoneyInput, { nullable: true, description: 'What its goods must come to at least.' })
  minimum?: MoneyInput | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From when on; now by default.' })
  validFrom?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when; after `validFrom`.' })
  validUntil?: string | null;

  @Field(() => Int, { nullable: true, description: 'With a code: how many orders may use it.' })
  limitTotal?: number | null;

  @Field(() => Int, { nullable: true, description: 'With a code: how many orders of one buyer may.' })
  limitPerUser?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Off all sellers’ goods; for administrators. Else it is off your own.',
  })
  ofPlatform?: boolean | null;
}

export const promotionCodes = {
  ...makerCodes,
  CODE_TAKEN: {
    means: 'A promotion has or had this code.',
    says: 'This code is taken, or was. Choose another.',
  },
  PROMOTION_LIMIT: {
    means: 'As many promotions without a code hold as may at once.',
    says: 'There are 20 promotions without a code already. End one first.',
  },
  NOT_FOUND: {
    means: 'There is no such promotion, or it is not yours.',
    says: 'There is no such promotion, or it is not yours.',
  },
} as const satisfies Codes<string>;

const PromotionRefusalCode = enumOf(
  'PromotionRefusalCode',
  'Why no promotion was made or ended.',
  promotionCodes,
);

@ObjectType({ implements: Refusal, description: 'The promotions are as they were.' })
export class PromotionRefusal extends Refusal {
  @Field(() => PromotionRefusalCode, { description: 'To act on.' })
  code!: keyof typeof promotionCodes;
}

export const PromotionResult = createUnionType({
  name: 'PromotionResult',
  description: 'The promotion, or why none was made or ended.',
  types: () => [PromotionType, PromotionRefusal] as const,
  resolveType,
});
