import { DateTimeScalar, MoneyInput } from '@emporium/subgraph';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { OrderSort } from '../../application/order-lists.ts';
import { OrderStatusEnum } from '../order.type.ts';
import { ShipmentStatusEnum } from '../shipment.type.ts';

export const OrderSortEnum: { readonly [Sort in OrderSort]: Sort } = {
  NEWEST: 'NEWEST',
  OLDEST: 'OLDEST',
};

registerEnumType(OrderSortEnum, {
  name: 'OrderSort',
  description: 'By when orders were placed.',
  valuesConfig: {
    NEWEST: { description: 'The newest first.' },
    OLDEST: { description: 'The oldest first.' },
  },
});

const statusField = { nullable: true, description: 'Only those that are in one of these.' } as const;
const fromField = { nullable: true, description: 'Only those placed then or later.' } as const;
const untilField = { nullable: true, description: 'Only those placed before.' } as const;
const numberField = {
  nullable: true,
  description:
    'What its number begins with, or all of it: small letters, spaces, dashes and look-alikes (O for 0, I or L for 1) make no difference.',
} as const;

@InputType('OrderFilter', { description: 'Which orders; all conditions must hold.' })
export class OrderFilterInput {
  @Field(() => [OrderStatusEnum], statusField)
  status?: (keyof typeof OrderStatusEnum)[] | null;

  @Field(() => DateTimeScalar, fromField)
  placedFrom?: string | null;

  @Field(() => DateTimeScalar, untilField)
  placedUntil?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words that the title of something in it has, or what its number begins with; 1 to 100 characters. It is looked for in the next 5,000 orders that the other conditions leave.',
  })
  text?: string | null;
}

@InputType('SellerOrderFilter', { description: 'Which orders; all conditions must hold.' })
export class SellerOrderFilterInput {
  @Field(() => [ShipmentStatusEnum], {
    nullable: true,
    description: 'Only those of which a shipment of the seller’s is in one of these.',
  })
  shipmentStatus?: (keyof typeof ShipmentStatusEnum)[] | null;

  @Field(() => DateTimeScalar, fromField)
  placedFrom?: string | null;

  @Field(() => DateTimeScalar, untilField)
  placedUntil?: string | null;

  @Field(() => String, numberField)
  number?: string | null;
}

@InputType('OrderSearch', { description: 'Which orders of all; all conditions must hold.' })
export class OrderSearchInput {
  @Field(() => String, numberField)
  number?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what this user bought.' })
  buyerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those with a shipment of this seller’s.' })
  sellerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those with this variant in them.' })
  variantId?: string | null;

  @Field(() => [OrderStatusEnum], statusField)
  status?: (keyof typeof OrderStatusEnum)[] | null;

  @Field(() => DateTimeScalar, fromField)
  placedFrom?: string | null;

  @Field(() => DateTimeScalar, untilField)
  placedUntil?: string | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Only those whose total is this or more, in its currency.',
  })
  totalFrom?: MoneyInput | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Only those whose total is this or less, in its currency.',
  })
  totalTo?: MoneyInput | null;
}
