/** Why something was not done, per use case: a code to act on and a sentence to show. */
import { Refusal } from '@emporium/subgraph';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** Each code with what it means (the SDL's description) and what the client's user reads. */
type Codes<Code extends string> = Readonly<Record<Code, { means: string; says: string }>>;

const enumOf = <Code extends string>(name: string, description: string, codes: Codes<Code>) => {
  const names = Object.keys(codes) as Code[];
  const values = Object.fromEntries(names.map((code) => [code, code])) as { [Each in Code]: Each };
  registerEnumType(values, {
    name,
    description,
    valuesConfig: Object.fromEntries(names.map((code) => [code, { description: codes[code].means }])) as {
      [Each in Code]: { description: string };
    },
  });
  return values;
};

const cartCodes = {
  NOT_FOUND: {
    means: 'There is no such variant, or it is not sold any more.',
    says: 'There is no such variant for sale. Take the id of a variant from the catalogue.',
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
  CART_NOT_FOUND: {
    means: 'There is no guest’s cart with that token: it expired, or it was merged.',
    says: 'There is no cart with this token any more. Leave `cartToken` out: addToCart then opens a new one.',
  },
} as const satisfies Codes<string>;

const placeOrderCodes = {
  EMPTY_CART: {
    means: 'There is nothing in the cart.',
    says: 'Your cart is empty. Add something with addToCart first.',
  },
  PRICE_CHANGED: {
    means: 'The total is not the expected one.',
    says: 'The total is not what you expected. Look at the cart again and send its total.',
  },
  UNAVAILABLE: {
    means: 'A line is not sold any more.',
    says: 'Something in your cart is not sold any more. Remove the lines whose `available` is false.',
  },
  CURRENCY_MISMATCH: {
    means: 'The lines have more than one currency.',
    says: 'An order has one currency. Remove the lines in the other one.',
  },
  IDEMPOTENCY_MISMATCH: {
    means: 'The idempotency key belongs to another order of yours.',
    says: 'This idempotency key already placed an order with other input. Use a new key for a new order.',
  },
  LINE_LIMIT: {
    means: 'There are more than 2,000 lines.',
    says: 'An order holds at most 2,000 lines. Remove some.',
  },
  TOTAL_LIMIT: {
    means: 'The total is higher than any payment may be.',
    says: 'The total is too high for one payment. Order less at once.',
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
    means: 'The order has ended.',
    says: 'The order has already ended; there is nothing left to cancel.',
  },
} as const satisfies Codes<string>;

const shipmentCodes = {
  NOT_FOUND: {
    means: 'There is no such shipment, or it is not yours.',
    says: 'There is no such shipment, or it is not yours.',
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
const ShipmentRefusalCode = enumOf('ShipmentRefusalCode', 'Why the shipment was not moved.', shipmentCodes);

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
}

@ObjectType({ implements: Refusal, description: 'The order is as it was.' })
export class CancelOrderRefusal extends Refusal {
  @Field(() => CancelOrderRefusalCode, { description: 'To act on.' })
  code!: keyof typeof cancelOrderCodes;
}

@ObjectType({ implements: Refusal, description: 'The shipment is as it was.' })
export class ShipmentRefusal extends Refusal {
  @Field(() => ShipmentRefusalCode, { description: 'To act on.' })
  code!: keyof typeof shipmentCodes;
}

/** A refusal by a code that the use case must not give is a bug, and thrown as one. */
const refusalOf =
  <Name extends string, Code extends string>(__typename: Name, codes: Codes<Code>) =>
  (code: string) => {
    if (!(code in codes)) throw new TypeError(`${__typename} has no code ${code}`);
    return { __typename, code: code as Code, message: codes[code as Code].says };
  };

const refusalOfCart = refusalOf('CartRefusal', cartCodes);
export const cartRefusal = (code: string, field: string) => ({ ...refusalOfCart(code), field });
export const placeOrderRefusal = refusalOf('PlaceOrderRefusal', placeOrderCodes);
export const cancelOrderRefusal = refusalOf('CancelOrderRefusal', cancelOrderCodes);
export const shipmentRefusal = refusalOf('ShipmentRefusal', shipmentCodes);
