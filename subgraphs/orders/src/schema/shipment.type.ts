import { DateTimeScalar, MoneyType } from '@emporium/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AmountReasonType, AmountsType } from './checkout/amounts.type.ts';
import { ShippingMethodEnum } from './checkout/shipping-method.ts';

export const ShipmentStatusEnum = {
  PENDING: 'PENDING',
  SHIPPED: 'SHIPPED',
  DELIVERED: 'DELIVERED',
  CANCELLED: 'CANCELLED',
} as const;

registerEnumType(ShipmentStatusEnum, {
  name: 'ShipmentStatus',
  description: 'How far a shipment has come.',
  valuesConfig: {
    PENDING: { description: 'Not sent yet, or not all of it: `parcels` says what has left.' },
    SHIPPED: { description: 'All that is to be sent of it is on its way.' },
    DELIVERED: { description: 'The buyer has it.' },
    CANCELLED: { description: 'It will not be sent: it was called off, or its order failed or was.' },
  },
});

@ObjectType('ParcelLine', { description: 'So many of one variant in a parcel.' })
export class ParcelLineType {
  /** Not a field: leads to the variant. */
  variantId!: string;

  @Field(() => Int, { description: 'How many.' })
  quantity!: number;
}

@ObjectType('Parcel', { description: 'What of a shipment left at once.' })
export class ParcelType {
  @Field(() => String, { description: 'Who carries it.' })
  carrier!: string;

  @Field(() => String, { description: 'The carrier’s number.' })
  trackingNumber!: string;

  @Field(() => [ParcelLineType], { description: 'What is in it.' })
  lines!: ParcelLineType[];

  @Field(() => DateTimeScalar, { description: 'When it left.' })
  shippedAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the buyer said that the shipment has arrived; null until then.',
  })
  deliveredAt!: string | null;
}

@ObjectType('OrderLine', { description: 'So many of one variant, at the price that was agreed.' })
export class OrderLineType {
  /** Not a field: leads to the variant. */
  variantId!: string;

  @Field(() => String, { description: 'The title when it was bought.' })
  title!: string;

  @Field(() => Int, { description: 'How many.' })
  quantity!: number;

  @Field(() => Int, {
    description: 'How many of them the seller does not have yet. The shipment waits for them.',
  })
  backordered!: number;

  @Field(() => Int, { description: 'How many of them are not sent after all: they were called off.' })
  cancelled!: number;

  @Field(() => Int, { description: 'How many of them have left.' })
  shipped!: number;

  @Field(() => Int, { description: 'How many of those that had left came back.' })
  returned!: number;

  @Field(() => MoneyType, { description: 'The price of one when it was bought.' })
  unitPrice!: MoneyType;

  @Field(() => MoneyType, { description: 'Unit price times quantity: goods, before discount and tax.' })
  total!: MoneyType;

  @Field(() => AmountsType, { description: 'What was paid for them; shipping is the shipment’s.' })
  amounts!: AmountsType;

  @Field(() => [AmountReasonType], { description: 'Which rules made the amounts, in their order.' })
  reasons!: AmountReasonType[];
}

@ObjectType('Shipment', { description: 'The part of an order that one seller sends.' })
export class ShipmentType {
  /** Not fields: they lead to the seller and the lines. */
  orderId!: string;
  sellerId!: string;

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ShipmentStatusEnum, { description: 'How far it has come.' })
  status!: keyof typeof ShipmentStatusEnum;

  @Field(() => String, {
    nullable: true,
    description: 'Who carries the last parcel; null until one ships.',
  })
  carrier!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The carrier’s number of the last parcel; null until one ships.',
  })
  trackingNumber!: string | null;

  @Field(() => [ParcelType], { description: 'What has left, in the order in which it did.' })
  parcels!: ParcelType[];

  @Field(() => Boolean, {
    description:
      'Whether its buyer disputes it: its money waits for a decision. `Order.disputes` says more.',
  })
  disputed!: boolean;

  @Field(() => MoneyType, {
    description:
      'What of its total goes back to the buyer for what was called off or came back, or because a dispute was decided so.',
  })
  givenBack!: MoneyType;

  @Field(() => ShippingMethodEnum, {
    nullable: true,
    description: 'How it is sent; null in orders from before there was a choice.',
  })
  shippingMethod!: keyof typeof ShippingMethodEnum | null;

  @Field(() => AmountsType, {
    description: 'What its lines and sending it come to: what its seller gets, before commission.',
  })
  amounts!: AmountsType;

  @Field(() => [AmountReasonType], { description: 'Which rules made the amounts of sending it.' })
  reasons!: AmountReasonType[];
}
