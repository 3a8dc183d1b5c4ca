import type { Client } from '@emporium/client';
import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { type Article, openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);

type Cart = {
  __typename: 'Cart';
  version: number;
  cartToken: string | null;
  lines: {
    quantity: number;
    variant: { id: string; availability: { available: number } | null } | null;
  }[];
  warnings: { code: string; available: number | null; variant: { product: { title: string } } | null }[];
};
type CartResult = Cart | { __typename: 'CartRefusal'; code: string; field: string };

const inCart = /* GraphQL */ `
  version
  cartToken
  lines { quantity variant { id availability { available } } }
  warnings { code available variant { product { title } } }
`;
const shown = `__typename ... on Cart { ${inCart} } ... on CartRefusal { code field }`;
const readCart = `query ($cartToken: String) { cart(cartToken: $cartToken) { __typename ${inCart} } }`;
const addToCart = `mutation ($input: CartLineInput!, $cartToken: String) {
  result: addToCart(input: $input, cartToken: $cartToken) { ${shown} }
}`;
const updateCartLine = `mutation ($input: CartLineInput!, $cartToken: String, $version: Int) {
  result: updateCartLine(input: $input, cartToken: $cartToken, expectedVersion: $version) { ${shown} }
}`;
const mergeCart = `mutation ($cartToken: String!) { result: mergeCart(cartToken: $cartToken) { ${shown} } }`;

const place = `mutation ($input: PlaceOrderInput!, $cartToken: String) {
  result: placeOrder(input: $input, cartToken: $cartToken) { __typename
    ... on Order { id orderToken buyer { id } } ... on PlaceOrderRefusal { code } } }`;
const follow = `subscription ($id: ID!, $orderToken: String) {
  orderStatusChanged(orderId: $id, orderToken: $orderToken) {
    status order { buyer { id } payment(orderToken: $orderToken) { status nextAction { type } } lines { variant { product { title } } } } } }`;
const readOrder = `query ($id: ID!, $orderToken: String) {
  order(id: $id, orderToken: $orderToken) {
    status buyer { name } payment(orderToken: $orderToken) { status } } }`;
const claim = `mutation ($orderToken: String!) {
  result: claimOrder(orderToken: $orderToken) { __typename ... on Order { id } } }`;
const cancel = `mutation ($id: ID!, $orderToken: String) {
  result: cancelOrder(orderId: $id, orderToken: $orderToken) { __typename ... on CancelOrderRefusal { code } } }`;
const myOrders = '{ me { orders { edges { node { id status payment { status } } } } } }';

type Placed = { __typename: string; id: string; orderToken: string; buyer: null };
type Change = {
  status: string;
  order: { buyer: null; lines: { variant: { product: { title: string } } }[] };
};

const change = async (client: Client, document: string, variables: Record<string, unknown>) =>
  (await shop.ask<{ result: CartResult }>(client, document, variables)).result;
const read = async (client: Client, cartToken: string | null) =>
  (await shop.ask<{ cart: Cart }>(client, readCart, { cartToken })).cart;
const line = ({ variantId }: Article, quantity: number) => ({ variantId, quantity });

describe('a guest', () => {
  it('fills a cart, registers, takes it along, and orders it', async () => {
    const seller = await shop.newSeller();
    const scarce = await shop.newArticle(seller, { title: 'Oak board', price: '12.50', stock: 3 });
    const other = await shop.newArticle(seller, { title: 'Beech board', price: '5.00' });
    const guest = shop.anonymous;

    const opened = (await change(guest, addToCart, { input: line(scarce, 2) })) as Cart;
    const { cartToken } = opened;
    expect(cartToken).toMatch(/^[\w-]{43}$/);
    const stranger = await guest.request(readCart, {});
    expect(stranger.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');

    const more = await change(guest, addToCart, { input: line(scarce, 2), cartToken });
    expect(more).toMatchObject({ version: 2, cartToken: null });
    await eventually(async () =>
      expect((await read(guest, cartToken)).warnings).toEqual([
        { code: 'SHORT_OF_STOCK', available: 3, variant: { product: { title: 'Oak board' } } },
      ]),
    );
    const stale = { input: line(scarce, 1), cartToken, version: 1 };
    expect(await change(guest, updateCartLine, stale)).toMatchObject({
      code: 'CART_CHANGED',
      field: 'expectedVersion',
    });
    const present = { input: line(scarce, 2), cartToken, version: 2 };
    expect(await change(guest, updateCartLine, present)).toMatchObject({ version: 3, warnings: [] });

    const buyer = await shop.person('Gwen');
    await shop.addToCart(buyer, other.variantId, 1);
    await shop.addToCart(buyer, scarce.variantId, 1);
    const merged = (await change(buyer, mergeCart, { cartToken })) as Cart;
    const quantities = ({ lines }: Cart) =>
      Object.fromEntries(lines.map(({ variant, quantity }) => [variant?.id, quantity]));
    expect(quantities(merged)).toEqual({ [other.variantId]: 1, [scarce.variantId]: 3 });
    expect(await change(buyer, mergeCart, { cartToken })).toMatchObject({ version: merged.version });
    expect(await change(await shop.person('Mallory'), mergeCart, { cartToken })).toMatchObject({
      code: 'CART_NOT_FOUND',
    });

    const order = await shop.placeOrder(buyer, { expectedTotal: { amount: '42.50', currency: 'GBP' } });
    expect(order.__typename).toBe('Order');
    const changes = await shop.followOrder(buyer, order.id, ({ status }) => status === 'CONFIRMED');
    expect(changes.at(-1)?.status).toBe('CONFIRMED');
    expect((await read(buyer, null)).lines).toEqual([]);
    expect((await guest.request(readCart, { cartToken })).errors[0]?.extensions?.code).toBe('NOT_FOUND');
    await expectInvariants(auditorUrl);
  });

  it('buys without an account, watches, and claims the order after signing in', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller, { title: 'Elm board', price: '12.50', stock: 3 });
    const guest = shop.anonymous;
    const { cartToken } = (await change(guest, addToCart, { input: line(article, 2) })) as Cart;
    const input = {
      idempotencyKey: 'the only one',
      email: 'gwen@example.test',
      shippingAddress: {
        name: 'Gwen',
        line1: '1 Quay',
        city: 'Leeds',
        postalCode: 'LS1 1AA',
        country: 'GB',
      },
      payment: { method: 'CARD', token: 'tok_ok' },
    };
    const buy = async () => (await shop.ask<{ result: Placed }>(guest, place, { input, cartToken })).result;
    const [order, again] = await Promise.all([buy(), buy()]);
    const { id, orderToken } = order;
    expect(order).toMatchObject({ __typename: 'Order', buyer: null });
    expect(again).toEqual(order);

    const changes: Change[] = [];
    for await (const { data } of guest.subscribe<{ orderStatusChanged: Change }>(follow, {
      id,
      orderToken,
    })) {
      if (data) changes.push(data.orderStatusChanged);
      if (changes.at(-1)?.status === 'CONFIRMED') break;
    }
    expect(changes.at(-1)).toEqual({
      status: 'CONFIRMED',
      order: {
        ...{ buyer: null, payment: { status: 'CAPTURED', nextAction: null } },
        lines: [{ variant: { product: { title: 'Elm board' } } }],
      },
    });
    const seen = async (client: Client, variables: object) =>
      (await shop.ask<{ order: unknown }>(client, readOrder, { id, ...variables })).order;
    expect(await seen(guest, { orderToken: cartToken })).toBeNull();
    expect(await seen(guest, { orderToken })).toEqual({
      ...{ status: 'CONFIRMED', buyer: null, payment: { status: 'CAPTURED' } },
    });

    const buyer = await shop.person('Gwen');
    expect(await seen(buyer, {})).toBeNull();
    const claimed = await shop.ask<{ result: Placed }>(buyer, claim, { orderToken });
    expect(claimed.result).toMatchObject({ __typename: 'Order', id });
    expect(await seen(guest, { orderToken })).toBeNull();
    await eventually(async () =>
      expect(await seen(buyer, {})).toEqual({
        ...{ status: 'CONFIRMED', buyer: { name: 'Gwen' }, payment: { status: 'CAPTURED' } },
      }),
    );
    await shop.ask(buyer, cancel, { id });
    await eventually(async () =>
      expect(await shop.ask(buyer, myOrders, {})).toMatchObject({
        me: { orders: { edges: [{ node: { id, status: 'CANCELLED', payment: { status: 'REFUNDED' } } }] } },
      }),
    );
    await eventually(async () => expect(await shop.available(buyer, article)).toBe(3));
    await expectInvariants(auditorUrl);
  });
});
