import { MoneyType } from '@emporium/subgraph';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { CartLineType } from './cart-line.type.ts';
import { CartWarningType } from './cart-warning.type.ts';

@ObjectType('Cart', {
  description:
    'What its owner is about to order: everyone who is signed in has one, and guests can open one with addToCart.',
})
export class CartType {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => Int, { description: 'Rises with every change: see `updateCartLine(expectedVersion:)`.' })
  version!: number;

  @Field(() => [CartLineType], { description: 'In the order in which they were added.' })
  lines!: CartLineType[];

  @Field(() => MoneyType, {
    description: 'The sum of the lines today, in their currency; zero GBP when there are none.',
  })
  total!: MoneyType;

  @Field(() => [CartWarningType], {
    description: 'What is to be known before ordering, line by line, as of this reading.',
  })
  warnings!: CartWarningType[];

  @Field(() => String, {
    nullable: true,
    description:
      'Given once, by the mutation that opened this guest’s cart: whoever has it has the cart. Keep it, send it as `cartToken` from then on, and call `mergeCart` with it after signing in. Null in every other answer.',
  })
  cartToken!: string | null;
}
