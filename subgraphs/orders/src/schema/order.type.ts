import {
  CountryCodeScalar,
  connectionOf,
  DateTimeScalar,
  entityDescriptions,
  MoneyType,
} from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { AmountsType } from './checkout/amounts.type.ts';

export const OrderStatusEnum = {
  PENDING: 'PENDING',
  RESERVED: 'RESERVED',
  CONFIRMED: 'CONFIRMED',
  SHIPPED: 'SHIPPED',
  DELIVERED: 'DELIVERED',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const;

registerEnumType(OrderStatusEnum, {
  name: 'OrderStatus',
  description: 'How far an order has come.',
  valuesConfig: {
    PENDING: { description: 'Placed; its stock is being reserved.' },
    RESERVED: { description: 'The stock is set aside; the payment is being taken.' },
    CONFIRMED: { description: 'Paid; the sellers may ship.' },
    SHIPPED: { description: 'Every shipment is on its way, or further.' },
    DELIVERED: { description: 'Every shipment has arrived.' },
    COMPLETED: {
      description:
        'What was to be sent has been, and every seller has what is theirs of the money. The status changes no more.',
    },
    FAILED: {
      description: 'No stock, no money or no answer in time: nothing was bought. Nothing changes any more.',
    },
    CANCELLED: { description: 'Called off before anything shipped. Nothing changes any more.' },
  },
});

@ObjectType('ShippingAddress', { description: 'Where an order goes.' })
export class ShippingAddressType {
  @Field(() => String, { description: 'Who receives it.' })
  name!: string;

  @Field(() => String, { description: 'Street and number.' })
  line1!: string;

  @Field(() => String, { nullable: true, description: 'Flat, floor, building.' })
  line2!: string | null;

  @Field(() => String, { description: 'Town or city.' })
  city!: string;

  @Field(() => String, { description: 'Postal code, as it is written in that country.' })
  postalCode!: string;

  @Field(() => CountryCodeScalar, { description: 'ISO 3166-1 alpha-2 code.' })
  country!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The subdivision of the country; null where none was given.',
  })
  region!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType('Order', {
  description: entityDescriptions.Order,
})
export class OrderType {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'For people to read out: `E7K3-9Q2M-4TXB`.' })
  number!: string;

  @Field(() => OrderStatusEnum, { description: 'How far it has come.' })
  status!: keyof typeof OrderStatusEnum;

  @Field(() => String, {
    nullable: true,
    description: 'Why it failed: OUT_OF_STOCK, PAYMENT_DECLINED, RESERVATION_TIMED_OUT, PAYMENT_TIMED_OUT.',
  })
  failureReason!: string | null;

  @Field(() => MoneyType, {
    description: 'What the buyer pays. For a seller: what their own shipment comes to.',
  })
  total!: MoneyType;

  @Field(() => AmountsType, {
    description: 'What the total is made of. For a seller: that of their own shipment.',
  })
  amounts!: AmountsType;

  @Field(() => String, {
    nullable: true,
    description:
      'The code that was used; null when there was none, and for sellers: it may be another seller’s.',
  })
  couponCode!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was placed.' })
  placedAt!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Given by placeOrder alone, to who has no account: whoever has it has the order. Keep it, and send it as `orderToken` from then on; after signing in, claimOrder makes the order the account’s. Null in every other answer.',
  })
  orderToken!: string | null;
}

export const OrderConnection = connectionOf('Order', () => OrderType);
