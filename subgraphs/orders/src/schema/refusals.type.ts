/** Why something was not done, per use case: a code to act on and a sentence to show. */
import { MoneyType, Refusal, showMoney } from '@emporium/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import type { GuestRefusalCode } from '../application/place-as-guest.ts';
import type { PlaceOrderRefusal as PlacementRefusal } from '../application/place-order.ts';
import { checkoutCodes } from './checkout/checkout-codes.ts';
import { blaming, type Codes, enumOf, refusalOf } from './refusal-codes.ts';

const cartNotFound = {
  means: 'There is no guest’s cart with that token: it expired, or it was merged.',
  says: 'There is no cart with this token any more. addToCart without one opens a new cart.',
} as const;

const cartCodes = {
  NOT_FOUND: {
    means: 'There is no such variant, or it is not sold any more.',
    says: 'There is no such variant for sale. Take the id of a variant from the catalogue.',
  },
  OWN_GOODS: {
    means: 'The viewer sells it, and nobody buys from themselves.',
    says: 'You sell this yourself, so you cannot buy it.',
  },
  QUANTITY_LIMIT: {
    means: 'The line would hold more than 100,000.',
    says: 'A line holds at most 100,000. Order fewer, or in several orders.',
  },
  LINE_LIMIT: {
    means: 'The cart would hold more than 2,000 lines.',
    says: 'A cart holds at most 2,000 lines. Order what is in it first.',
  },
  CURRENCY_MISMATCH: {
    means: 'The cart already holds lines in another currency.',
    says: 'A cart has one currency. Order what is in it first, or take it out.',
  },
  CART_CHANGED: {
    means: 'The cart, or the line, is not what the client said that it saw.',
    says: 'The cart has changed since you read it. Read it again, and decide again.',
  },
  CART_NOT_FOUND: cartNotFound,
} as const satisfies Codes<string>;

const placeOrderCodes = {
  ...checkoutCodes,
  CART_NOT_FOUND: cartNotFound,
  WALLET_NEEDS_ACCOUNT: {
    means: 'Whoever has no account has no wallet.',
    says: 'Only an account has a wallet. Pay by card, or sign in.',
  },
  METHOD_NEEDS_ACCOUNT: {
    means: 'Whoever has no account keeps no cards.',
    says: 'Only an account keeps cards. Pay with a token, or sign in.',
  },
  NO_LONGER_HELD: {
    means:
      'This key placed an order that is no guest’s any more: an account claimed it, or it ended long ago.',
    says: 'This order is no longer open to its token. Sign in with the account that claimed it.',
  },
  PRICE_CHANGED: {
    means: 'The total is not the expected one.',
    says: 'The total is not what you expected: `presentTotal` is what it is now. Look at it again and send that.',
  },
  IDEMPOTENCY_MISMATCH: {
    means: 'The idempotency key belongs to another order of yours.',
    says: 'This idempotency key already placed an order with other input. Use a new key for a new order.',
  },
} as const satisfies Codes<string>;

const claimOrderCodes = {
  NOT_FOUND: {
    means: 'The token opens no order, or another account claimed it.',
    says: 'There is no such order, or another account has it already.',
  },
  OWN_GOODS: {
    means: 'The account sells some of it, and nobody buys from themselves.',
    says: 'You sell some of this order yourself, so it cannot be yours to receive. Its token still opens it.',
  },
} as const satisfies Codes<string>;

const cancelOrderCodes = {
  NOT_FOUND: {
    means: 'There is no such order, or it is not yours.',
    says: 'There is no such order, or it is not yours.',
  },
  ALREADY_SHIPPED: {
    means: 'At least one shipment is on its way.',
    says: 'Something has already shipped, so the order cannot be cancelled.',
  },
  ALREADY_SETTLED: {
    means: 'The order has ended, or a dispute about a part of it was decided.',
    says: 'The order has ended, or a dispute about a part of it was decided: what was settled is not cancelled.',
  },
} as const satisfies Codes<string>;

const shipmentCodes = {
  NOT_FOUND: {
    means: 'There is no such shipment, or it is not yours.',
    says: 'There is no such shipment, or it is not yours.',
  },
  ALREADY_CANCELLED: {
    means: 'It was called off.',
    says: 'This shipment was called off, so it is not sent.',
  },
  NOT_IN_SHIPMENT: {
    means: 'A line that was named is not in it.',
    says: 'A variant that you named is not in this shipment. Name only its own lines.',
  },
  MORE_THAN_LEFT: {
    means: 'More was named than is still to be sent.',
    says: 'You named more of a line than is still to be sent. Send `quantity − cancelled − shipped` at most.',
  },
  NOT_CONFIRMED: {
    means: 'The order is not paid, or it has ended.',
    says: 'Only a confirmed order ships: one that is on its way there soon can, one that has ended never will.',
  },
  ALREADY_SHIPPED: {
    means: 'It has shipped with another carrier or number.',
    says: 'This shipment is already on its way with another tracking number.',
  },
  BACKORDERED: {
    means: 'Some of its units are not there yet.',
    says: 'Some of it is not there yet: it ships when every line’s `backordered` is 0.',
  },
  NOT_SHIPPED: {
    means: 'It has not been sent.',
    says: 'This shipment has not been sent, so it cannot have arrived.',
  },
} as const satisfies Codes<string>;

const callOffCodes = {
  NOT_CONFIRMED: {
    means: 'The order is not paid yet, or it failed.',
    says: 'A part can be called off when the order is confirmed; before that, cancel the whole order.',
  },
  ALREADY_SHIPPED: {
    means: 'It has left, or for the buyer: some of it has.',
    says: 'This has already left, so it cannot be called off.',
  },
  ALREADY_SETTLED: {
    means: 'A dispute about the shipment was decided: who gets its money is settled.',
    says: 'A dispute about this shipment was decided, so it is not called off any more.',
  },
} as const satisfies Codes<string>;

const cancelShipmentCodes = {
  NOT_FOUND: shipmentCodes.NOT_FOUND,
  ...callOffCodes,
} as const satisfies Codes<string>;

const cancelLineCodes = {
  NOT_FOUND: {
    means: 'There is no such order or no such line in it, or it is not yours.',
    says: 'There is no such line in an order of yours.',
  },
  ...callOffCodes,
  ALREADY_CANCELLED: {
    means: 'All of the line is called off already.',
    says: 'All of this line has been called off already.',
  },
  MORE_THAN_LEFT: {
    means: 'Fewer of it are still to be sent.',
    says: 'Fewer of this line are still to be sent: call off `quantity − cancelled − shipped` at most.',
  },
  LINE_CHANGED: {
    means: 'Another number of its units is called off than `expectedCancelled`.',
    says: 'Units of this line were called off meanwhile. Look at its `cancelled`, and decide again.',
  },
} as const satisfies Codes<string>;

const CancelShipmentRefusalCode = enumOf(
  'CancelShipmentRefusalCode',
  'Why the shipment was not called off.',
  cancelShipmentCodes,
);
const CancelLineRefusalCode = enumOf(
  'CancelLineRefusalCode',
  'Why the units were not called off.',
  cancelLineCodes,
);

const CartRefusalCode = enumOf('CartRefusalCode', 'Why the cart was not changed.', cartCodes);
const PlaceOrderRefusalCode = enumOf(
  'PlaceOrderRefusalCode',
  'Why the order was not placed.',
  placeOrderCodes,
);
const CancelOrderRefusalCode = enumOf(
  'CancelOrderRefusalCode',
  'Why the order was not cancelled.',
  cancelOrderCodes,
);
const ClaimOrderRefusalCode = enumOf(
  'ClaimOrderRefusalCode',
  'Why the order is not yours.',
  claimOrderCodes,
);
const ShipmentRefusalCode = enumOf('ShipmentRefusalCode', 'Why the shipment was not moved.', shipmentCodes);

const blamed = 'The argument that is to blame; null when none alone is.';

@ObjectType({ implements: Refusal, description: 'The cart is as it was.' })
export class CartRefusal extends Refusal {
  @Field(() => CartRefusalCode, { description: 'To act on.' })
  code!: keyof typeof cartCodes;

  @Field(() => String, {
    nullable: true,
    description: 'The argument that is to blame, such as `input.quantity` or `input.lines.3.variantId`.',
  })
  field!: string | null;
}

@ObjectType({ implements: Refusal, description: 'No order was placed; the cart is as it was.' })
export class PlaceOrderRefusal extends Refusal {
  @Field(() => PlaceOrderRefusalCode, { description: 'To act on.' })
  code!: keyof typeof placeOrderCodes;

  @Field(() => MoneyType, { nullable: true, description: 'With PRICE_CHANGED: the total as it is now.' })
  presentTotal!: MoneyType | null;

  @Field(() => [ID], { nullable: true, description: 'The sellers who are in the way, where some are.' })
  sellerIds!: readonly string[] | null;

  @Field(() => [ID], { nullable: true, description: 'The lines that are in the way, where some are.' })
  variantIds!: readonly string[] | null;
}

@ObjectType({ implements: Refusal, description: 'The order is as it was.' })
export class CancelOrderRefusal extends Refusal {
  @Field(() => CancelOrderRefusalCode, { description: 'To act on.' })
  code!: keyof typeof cancelOrderCodes;
}

@ObjectType({ implements: Refusal, description: 'The order is whose it was.' })
export class ClaimOrderRefusal extends Refusal {
  @Field(() => ClaimOrderRefusalCode, { description: 'To act on.' })
  code!: keyof typeof claimOrderCodes;
}

@ObjectType({ implements: Refusal, description: 'The shipment is as it was.' })
export class ShipmentRefusal extends Refusal {
  @Field(() => ShipmentRefusalCode, { description: 'To act on.' })
  code!: keyof typeof shipmentCodes;

  @Field(() => String, { nullable: true, description: blamed })
  field!: string | null;
}

@ObjectType({ implements: Refusal, description: 'The shipment is as it was.' })
export class CancelShipmentRefusal extends Refusal {
  @Field(() => CancelShipmentRefusalCode, { description: 'To act on.' })
  code!: keyof typeof cancelShipmentCodes;

  @Field(() => String, { nullable: true, description: blamed })
  field!: string | null;
}

@ObjectType({ implements: Refusal, description: 'The line is as it was.' })
export class CancelLineRefusal extends Refusal {
  @Field(() => CancelLineRefusalCode, { description: 'To act on.' })
  code!: keyof typeof cancelLineCodes;

  @Field(() => String, { nullable: true, description: blamed })
  field!: string | null;
}

const refusalOfCart = refusalOf('CartRefusal', cartCodes);
export const cartRefusal = (code: string, field: string) => ({ ...refusalOfCart(code), field });
const placementRefusal = refusalOf('PlaceOrderRefusal', placeOrderCodes);
export const placeOrderRefusal = ({
  code,
  ...details
}: PlacementRefusal | { readonly code: GuestRefusalCode }) => {
  const presentTotal = 'total' in details && details.total ? showMoney(details.total) : null;
  return { ...placementRefusal(code), ...details, presentTotal };
};
export const claimOrderRefusal = refusalOf('ClaimOrderRefusal', claimOrderCodes);
export const cancelOrderRefusal = refusalOf('CancelOrderRefusal', cancelOrderCodes);
export const shipmentRefusal = blaming(refusalOf('ShipmentRefusal', shipmentCodes), {
  NOT_IN_SHIPMENT: 'input.lines',
  MORE_THAN_LEFT: 'input.lines',
  BACKORDERED: 'input.lines',
});
export const cancelShipmentRefusal = blaming(refusalOf('CancelShipmentRefusal', cancelShipmentCodes), {
  NOT_FOUND: 'shipmentId',
  ALREADY_SHIPPED: 'shipmentId',
  ALREADY_SETTLED: 'shipmentId',
});
export const cancelLineRefusal = blaming(refusalOf('CancelLineRefusal', cancelLineCodes), {
  ALREADY_SHIPPED: 'variantId',
  ALREADY_SETTLED: 'variantId',
  ALREADY_CANCELLED: 'variantId',
  MORE_THAN_LEFT: 'quantity',
  LINE_CHANGED: 'expectedCancelled',
});
