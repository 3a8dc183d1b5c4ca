/** Buyers with a basket each: they fill their cart in three steps, and order what is in it once. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@emporium/client';
import type { Bought } from '../../e2e/faults/shoppers/shoppers.ts';
import { watchOrder } from '../../e2e/faults/shoppers/watch.ts';
import type { Answers } from './answers.ts';
import type { CartLine } from './stock-shelves.ts';

const addLine = /* GraphQL */ `
  mutation ($input: CartLineInput!) { addToCart(input: $input) { __typename ... on CartRefusal { code message } } }
`;
const addLines = /* GraphQL */ `
  mutation ($input: CartLinesInput!) { addLinesToCart(input: $input) { __typename ... on CartRefusal { code message } } }
`;
const readCart =
  '{ cart { lines { quantity title variant { availability { inStock } } } total { amount currency } } }';
const placeOrder = /* GraphQL */ `
  mutation ($input: PlaceOrderInput!) {
    placeOrder(input: $input) { __typename ... on Order { id } ... on PlaceOrderRefusal { code message } }
  }
`;

type Refusable = { readonly __typename: string; readonly code?: string; readonly message?: string };
type Placed = { readonly placeOrder: Refusable & { readonly id: string } };

/** Between two attempts of one step. */
const pauseMs = 500;
/** Every twentieth card is declined, so that some purchases fail as they should. */
const declinedOneOf = 20;
/** Lines of one question. */
const mostLines = 500;

const cartSteps = 3;

export const createShopping = (
  buyers: readonly Client[],
  baskets: readonly (readonly CartLine[])[],
  answers: Answers,
  leaving: AbortSignal,
) => {
  const bought: Bought[] = [];
  const refused: string[] = [];
  const filling: Promise<unknown>[] = buyers.map(() => Promise.resolve());

  /** Asks until the answer is whole, as somebody does who tries again. */
  const untilWhole = async <Data>(
    question: 'cart' | 'buy',
    buyer: Client,
    document: string,
    variables: object,
  ): Promise<Data | undefined> => {
    while (!leaving.aborted) {
      const data = await answers.record(question, () => buyer.request<Data>(document, { ...variables }));
      if (data !== undefined) return data;
      await delay(pauseMs);
    }
    return undefined;
  };

  const of = (turn: number) => {
    const [buyer, basket] = [buyers[turn], baskets[turn]];
    if (!buyer || !basket) throw new Error('more turns than buyers');
    return { buyer, basket };
  };
  const place = async (turn: number): Promise<void> => {
    const { buyer } = of(turn);
    const input = {
      idempotencyKey: randomUUID(),
      shippingAddress: {
        name: 'Buyer',
        line1: '1 High Street',
        city: 'Leeds',
        postalCode: 'LS1 1AA',
        country: 'GB',
      },
      payment: { method: 'CARD', token: turn % declinedOneOf === 0 ? 'tok_declined' : 'tok_ok' },
    };
    const result = (await untilWhole<Placed>('buy', buyer, placeOrder, { input }))?.placeOrder;
    if (result?.__typename !== 'Order') {
      if (result) refused.push(result.code ?? '');
      return;
    }
    const one: Bought = { orderId: result.id, shown: [] };
    bought.push(one);
    await watchOrder(buyer, one.orderId, one.shown, leaving);
  };

  return {
    bought,
    /** Codes of what was refused instead of placed. */
    refused,
    /** Of three steps the one whose turn it is: the first line, all others, and a look at the cart. */
    fillCart: (turn: number): Promise<unknown> => {
      const basketTurn = Math.floor(turn / cartSteps);
      const { buyer, basket } = of(basketTurn);
      const [first, ...others] = basket;
      const steps = [
        () => untilWhole('cart', buyer, addLine, { input: first }),
        async () => {
          for (let from = 0; from < others.length; from += mostLines)
            await untilWhole('cart', buyer, addLines, {
              input: { lines: others.slice(from, from + mostLines) },
            });
        },
        () => untilWhole('cart', buyer, readCart, {}),
      ];
      const step = steps[turn % cartSteps] ?? (() => Promise.resolve());
      const done = Promise.resolve(filling[basketTurn]).then(step);
      filling[basketTurn] = done;
      return done;
    },
    /** Orders once the cart is full, and watches the order until it is settled. */
    buy: async (turn: number): Promise<void> => {
      await filling[turn];
      await place(turn);
    },
  };
};
