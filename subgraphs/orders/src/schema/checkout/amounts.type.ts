import { DecimalScalar, MoneyType } from '@emporium/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

@ObjectType('Amounts', { description: 'What a total is made of: goods − discount + shipping + tax.' })
export class AmountsType {
  @Field(() => MoneyType, { description: 'Unit prices times quantities.' })
  goods!: MoneyType;

  @Field(() => MoneyType, { description: 'What promotions take off; never more than the goods.' })
  discount!: MoneyType;

  @Field(() => MoneyType, {
    description: 'What sending costs; zero for a line, which is sent with others.',
  })
  shipping!: MoneyType;

  @Field(() => MoneyType, { description: 'Tax that comes on top.' })
  tax!: MoneyType;

  @Field(() => MoneyType, { description: 'Tax that prices hold already: no part of the sum.' })
  includedTax!: MoneyType;

  @Field(() => MoneyType, { description: 'What is paid.' })
  total!: MoneyType;
}

export const AmountReasonCode = {
  DISCOUNT: 'DISCOUNT',
  SHIPPING: 'SHIPPING',
  TAX_ADDED: 'TAX_ADDED',
  TAX_INCLUDED: 'TAX_INCLUDED',
} as const;

registerEnumType(AmountReasonCode, {
  name: 'AmountReasonCode',
  description: 'What kind of amount a rule made.',
  valuesConfig: {
    DISCOUNT: { description: 'A promotion took it off.' },
    SHIPPING: { description: 'A seller asks it for sending.' },
    TAX_ADDED: { description: 'Tax on top of the base.' },
    TAX_INCLUDED: { description: 'Tax that the price holds: base and amount sum to the price.' },
  },
});

@ObjectType('AmountReason', {
  description: 'Why an amount is what it is: which rule took how much of what.',
})
export class AmountReasonType {
  @Field(() => AmountReasonCode, { description: 'What kind of amount it is.' })
  code!: keyof typeof AmountReasonCode;

  @Field(() => ID, { description: 'The promotion, shipping rate or tax rule.' })
  ruleId!: string;

  @Field(() => Int, { description: 'The rule’s version that was used.' })
  version!: number;

  @Field(() => String, { description: 'What the rule is called.' })
  name!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'In per cent: "20"; null when the rule is no rate.',
  })
  rate!: string | null;

  @Field(() => MoneyType, { description: 'What the rule was applied to.' })
  base!: MoneyType;

  @Field(() => MoneyType, { description: 'What came of it, rounded once, half to even.' })
  amount!: MoneyType;
}
