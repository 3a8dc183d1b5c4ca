import { randomUUID } from 'node:crypto';
import { productVariant } from '../catalogue/load.ts';
import { askGateway } from '../stage/ask-gateway.ts';
import type { Buyer } from './buyers.ts';

const addToCart = /* GraphQL */ `
  mutation ($input: CartLineInput!) { addToCart(input: $input) { __typename ... on CartRefusal { code message } } }
`;
const placeOrder = /* GraphQL */ `
  mutation ($input: PlaceOrderInput!) {
    placeOrder(input: $input) { __typename ... on Order { id status } ... on PlaceOrderRefusal { code message } }
  }
`;
const myOrders = /* GraphQL */ `
  { me { orders(first: 20) { edges { node { id number status total { amount currency } placedAt } } pageInfo { endCursor } } } }
`;

type Refusable = { readonly __typename: string; readonly code?: string; readonly message?: string };

const patienceMs = 30_000;

const granted = <Result extends Refusable>(result: Result): Result => {
  if (result.code !== undefined) throw new Error(`${result.code}: ${result.message}`);
  return result;
};

/** The gateway, asked by buyers. Throws whatever it refuses. */
export const openShopFront = (gatewayUrl: string, articles: number) => {
  const { ask, close } = askGateway(gatewayUrl, 256, patienceMs);
  let turn = 0;
  return {
    /** One of some article, in turn. */
    fillCart: async ({ token }: Buyer): Promise<void> => {
      turn += 1;
      const input = { variantId: productVariant(turn % articles), quantity: 1 };
      const answer = await ask<{ addToCart: Refusable }>(addToCart, { input }, { token });
      granted(answer.addToCart);
    },
    /** Answers the order's id. */
    place: async ({ token }: Buyer): Promise<string> => {
      const input = {
        idempotencyKey: randomUUID(),
        shippingAddress: {
          name: 'Bench Buyer',
          line1: '1 Market Street',
          city: 'London',
          postalCode: 'N1 9GU',
          country: 'GB',
        },
        payment: { method: 'CARD', token: 'tok_ok' },
      };
      const answer = await ask<{ placeOrder: Refusable & { id: string } }>(
        placeOrder,
        { input },
        { token },
      );
      return granted(answer.placeOrder).id;
    },
    /** How many orders the first page of somebody's own shows. */
    ordersOf: async ({ token }: Buyer): Promise<number> => {
      const { me } = await ask<{ me: { orders: { edges: readonly unknown[] } } }>(myOrders, {}, { token });
      return me.orders.edges.length;
    },
    close,
  };
};

export type ShopFront = ReturnType<typeof openShopFront>;
