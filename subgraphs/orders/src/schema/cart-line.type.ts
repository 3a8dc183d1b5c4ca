import { MoneyType } from '@emporium/subgraph';
import { Field, Int, ObjectType } from 'type-graphql';

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

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The price of one when the line was put in; null where it is not known any more.',
  })
  priceWhenAdded!: MoneyType | null;

  @Field(() => MoneyType, { description: 'Unit price times quantity.' })
  total!: MoneyType;

  @Field(() => Boolean, {
    description:
      'Whether it is still sold. An order cannot be placed with a line that is not: set it to 0.',
  })
  available!: boolean;
}
