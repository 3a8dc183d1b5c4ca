import { MoneyType, Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../refusal-codes.ts';
import { AmountReasonType, AmountsType } from './amounts.type.ts';
import { checkoutCodes } from './checkout-codes.ts';
import { ShippingMethodEnum } from './shipping-method.ts';

@ObjectType('ShippingOption', { description: 'A way in which a seller sends this.' })
export class ShippingOptionType {
  @Field(() => ShippingMethodEnum, { description: 'To ask for it.' })
  method!: keyof typeof ShippingMethodEnum;

  @Field(() => MoneyType, { description: 'What it costs for this shipment, before tax that comes on top.' })
  price!: MoneyType;

  @Field(() => Int, { description: 'How many days it takes at least, as the seller estimates.' })
  minDays!: number;

  @Field(() => Int, { description: 'How many days it takes at most, as the seller estimates.' })
  maxDays!: number;
}

@ObjectType('CheckoutQuoteLine', { description: 'So many of one variant, and what they come to.' })
export class CheckoutQuoteLineType {
  /** Not a field: leads to the variant. */
  variantId!: string;

  @Field(() => String, { description: 'The variant’s title today.' })
  title!: string;

  @Field(() => Int, { description: 'How many.' })
  quantity!: number;

  @Field(() => MoneyType, { description: 'The price of one today.' })
  unitPrice!: MoneyType;

  @Field(() => AmountsType, { description: 'What they come to; shipping is the shipment’s.' })
  amounts!: AmountsType;

  @Field(() => [AmountReasonType], { description: 'Which rules made the amounts, in their order.' })
  reasons!: AmountReasonType[];
}

@ObjectType('CheckoutQuoteShipment', { description: 'What one seller would send.' })
export class CheckoutQuoteShipmentType {
  /** Not a field: leads to the seller. */
  sellerId!: string;

  @Field(() => ShippingMethodEnum, { description: 'How they would send it.' })
  method!: keyof typeof ShippingMethodEnum;

  @Field(() => [ShippingOptionType], { description: 'All ways in which they send it, the cheapest first.' })
  options!: ShippingOptionType[];

  @Field(() => AmountsType, { description: 'The lines of that seller, and sending them.' })
  amounts!: AmountsType;

  @Field(() => [AmountReasonType], { description: 'Which rules made the amounts of sending.' })
  reasons!: AmountReasonType[];
}

@ObjectType('CheckoutQuote', { description: 'What an order of the cart would cost now.' })
export class CheckoutQuoteType {
  @Field(() => [CheckoutQuoteLineType], { description: 'In the order of the cart.' })
  lines!: CheckoutQuoteLineType[];

  @Field(() => [CheckoutQuoteShipmentType], { description: 'One per seller.' })
  shipments!: CheckoutQuoteShipmentType[];

  @Field(() => AmountsType, {
    description: 'The whole order. Send `total` as placeOrder’s `expectedTotal`.',
  })
  amounts!: AmountsType;

  @Field(() => String, { nullable: true, description: 'The code that was used, as its maker wrote it.' })
  couponCode!: string | null;
}

const CheckoutQuoteRefusalCode = enumOf(
  'CheckoutQuoteRefusalCode',
  'Why the cart cannot be ordered like that.',
  checkoutCodes,
);

@ObjectType({ implements: Refusal, description: 'The cart cannot be ordered like that.' })
export class CheckoutQuoteRefusal extends Refusal {
  @Field(() => CheckoutQuoteRefusalCode, { description: 'To act on.' })
  code!: keyof typeof checkoutCodes;

  @Field(() => [ID], { nullable: true, description: 'The sellers who are in the way, where some are.' })
  sellerIds!: readonly string[] | null;

  @Field(() => [ID], { nullable: true, description: 'The lines that are in the way, where some are.' })
  variantIds!: readonly string[] | null;
}

export const CheckoutQuoteResult = createUnionType({
  name: 'CheckoutQuoteResult',
  description: 'What the order would cost, or why there would be none.',
  types: () => [CheckoutQuoteType, CheckoutQuoteRefusal] as const,
  resolveType,
});
