import { MoneyType } from '@emporium/subgraph';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('CartLine', { description: 'So many of one variant, at today’s price.' })
export class CartLineType {
  /** Not a field: leads to the variant. */
  variantId!: string;

  @Field(() => String, { description: 'The variant’s title today.' })
  title!: string;

  @Field(() => Int, { description: 'How many.' })
  quantity!: number;

  @Field(() => MoneyType, { description: 'The price of one today.' })
  unitPrice!: MoneyType;

  @Field(() => MoneyType, { description: 'Unit price times quantity.' })
  total!: MoneyType;

  @Field(() => Boolean, {
    description:
      'Whether it is still sold. An order cannot be placed with a line that is not: set it to 0.',
  })
  available!: boolean;
}

@ObjectType('Cart', { description: 'What its owner is about to order. Everyone has one.' })
export class CartType {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => [CartLineType], { description: 'In the order in which they were added.' })
  lines!: CartLineType[];

  @Field(() => MoneyType, {
    description: 'The sum of the lines today, in their currency; zero GBP when there are none.',
  })
  total!: MoneyType;
}
