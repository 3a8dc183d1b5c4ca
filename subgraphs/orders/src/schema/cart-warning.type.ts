/** What is to be known of a cart before it is ordered. */
import { MoneyType, showMoney } from '@emporium/subgraph';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { CartWarning } from '../domain/cart-warning.ts';
import { CartLineType } from './cart-line.type.ts';

const codes = {
  PRICE_CHANGED: 'One costs something else than when it was put in: see `was` and `now`.',
  SHORT_OF_STOCK:
    'Fewer are available than the line holds, as orders last heard: that may be a second old. `variant.availability` is what counts.',
  SELLER_SUSPENDED: 'Its seller may not sell at present. The line cannot be ordered.',
  NO_LONGER_SOLD: 'It is not sold any more. The line cannot be ordered.',
  OWN_GOODS: 'The cart’s owner sells it, and nobody buys from themselves. The line cannot be ordered.',
  CURRENCY_DIFFERS: 'It is priced in another currency than the cart. They cannot be ordered together.',
  QUANTITY_CAPPED:
    'Two carts together had more than a line may hold, so it has the most that it may. Told by `mergeCart` alone.',
} as const satisfies Record<CartWarning['code'], string>;

const CartWarningCode = Object.fromEntries(Object.keys(codes).map((code) => [code, code])) as {
  [Code in keyof typeof codes]: Code;
};

registerEnumType(CartWarningCode, {
  name: 'CartWarningCode',
  description: 'What is to be known of a line.',
  valuesConfig: Object.fromEntries(
    Object.entries(codes).map(([code, description]) => [code, { description }]),
  ) as { [Code in keyof typeof codes]: { description: string } },
});

@ObjectType('CartWarning', { description: 'Something to know of a line. It stops nothing by itself.' })
export class CartWarningType {
  /** Not a field: leads to the variant. */
  variantId!: string;

  @Field(() => CartWarningCode, { description: 'To act on.' })
  code!: CartWarning['code'];

  @Field(() => String, { description: 'What it is and what to do about it, in plain words.' })
  message!: string;

  @Field(() => CartLineType, { description: 'The line that it is about.' })
  line!: CartLineType;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'PRICE_CHANGED: what one cost when it was put in.',
  })
  was!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'PRICE_CHANGED: what one costs today.' })
  now!: MoneyType | null;

  @Field(() => Int, { nullable: true, description: 'SHORT_OF_STOCK: how many there are, as last heard.' })
  available!: number | null;
}

const sayings: {
  [Code in CartWarning['code']]: (about: string, warning: CartWarning & { code: Code }) => string;
} = {
  PRICE_CHANGED: (title) =>
    `The price of “${title}” has changed since you put it in. Have a look before you order.`,
  SHORT_OF_STOCK: (title, { available }) =>
    `Of “${title}” ${available} are available, fewer than you have here. Take fewer, or see whether its seller takes orders ahead.`,
  SELLER_SUSPENDED: (title) =>
    `The seller of “${title}” does not sell at present. Take it out to order the rest.`,
  NO_LONGER_SOLD: (title) => `“${title}” is not sold any more. Take it out to order the rest.`,
  OWN_GOODS: (title) => `You sell “${title}” yourself. Take it out to order the rest.`,
  CURRENCY_DIFFERS: (title) =>
    `“${title}” is priced in another currency than the rest. Take one or the other out, and order them apart.`,
  QUANTITY_CAPPED: (title) => `A line holds at most 100,000: of “${title}” not all that you had fitted in.`,
};

/** A warning in words, with the line that it is about. */
export const showCartWarning = <Line extends { readonly title: string }>(
  warning: CartWarning,
  line: Line,
) => {
  const say = sayings[warning.code] as (title: string, warning: CartWarning) => string;
  return {
    variantId: warning.variantId,
    code: warning.code,
    message: say(line.title, warning),
    line,
    was: warning.code === 'PRICE_CHANGED' ? showMoney(warning.was) : null,
    now: warning.code === 'PRICE_CHANGED' ? showMoney(warning.now) : null,
    available: warning.code === 'SHORT_OF_STOCK' ? warning.available : null,
  };
};
