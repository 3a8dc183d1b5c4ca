import { paymentCaptured, stockReserved } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { type ExecutionResult, type GraphQLSchema, graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { actor, createTestOrders, type TestOrders, variant, viewer } from './test-orders.ts';

let orders: TestOrders;
let schema: GraphQLSchema;
const nobody = viewer(null);
const admin = viewer('root', 'ADMIN');

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  schema = await createSchema();
  await orders.sell(variant('mug', { minor: 850n, sellerId: 'potter' }));
});
afterAll(() => orders.stop());

type Who = ReturnType<typeof viewer>;

const ask = async (
  who: Who,
  source: string,
  variableValues: Record<string, unknown> = {},
  app = orders.app,
) => {
  const { data, errors } = await graphql({
    ...{ schema, source, variableValues, contextValue: createContext(app, who) },
  });
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect
  return { data: data as any, codes: errors?.map(({ extensions }) => extensions.code) };
};

const inOrder = `id number status guestEmail orderToken buyer { id } lines { title } shippingAddress { city }
  shipments { id } timeline { type actor user { id } }`;
const place = `mutation ($input: PlaceOrderInput!, $cartToken: String) {
  result: placeOrder(input: $input, cartToken: $cartToken) { __typename
    ... on Order { ${inOrder} } ... on PlaceOrderRefusal { code message } } }`;
const read = `query ($id: ID!, $orderToken: String) { order(id: $id, orderToken: $orderToken) { ${inOrder} } }`;
const readByNumber = `query ($number: String!, $orderToken: String) {
  orderByNumber(number: $number, orderToken: $orderToken) { id } }`;
const cancel = `mutation ($id: ID!, $orderToken: String) {
  result: cancelOrder(orderId: $id, orderToken: $orderToken, reason: "Too late") {
    __typename ... on Order { ${inOrder} } ... on CancelOrderRefusal { code } } }`;
const cancelLine = `mutation ($id: ID!, $orderToken: String) {
  result: cancelLine(orderId: $id, variantId: "mug", quantity: 1, orderToken: $orderToken) {
    __typename ... on Order { id } ... on CancelLineRefusal { code } } }`;
const receive = `mutation ($id: ID!, $orderToken: String) {
  result: confirmDelivery(shipmentId: $id, orderToken: $orderToken) {
    __typename ... on Shipment { status } ... on ShipmentRefusal { code } } }`;
const claim = `mutation ($orderToken: String!) { result: claimOrder(orderToken: $orderToken) {
  __typename ... on Order { ${inOrder} } ... on ClaimOrderRefusal { code } } }`;
const quote = `query ($cartToken: String) { checkoutQuote(input: { country: "GB" }, cartToken: $cartToken) {
  ... on CheckoutQuote { amounts { total { amount } } } } }`;
const change = `subscription ($id: ID!, $orderToken: String) {
  orderStatusChanged(orderId: $id, orderToken: $orderToken) { sequence status order { id shippingAddress { city } } } }`;

let keys = 0;
const inputOf = (changed: object = {}) => {
  keys += 1;
  return {
    idempotencyKey: `key ${keys}`,
    email: 'grace@example.test',
    shippingAddress: { name: 'Grace', line1: '1 Quay', city: 'Leeds', postalCode: 'LS1', country: 'GB' },
    payment: { method: 'CARD', token: 'tok_ok' },
    ...changed,
  };
};

const openCart = async (): Promise<string> => {
  const add = `mutation { addToCart(input: { variantId: "mug", quantity: 2 }) { ... on Cart { cartToken } } }`;
  return (await ask(nobody, add)).data.addToCart.cartToken;
};
const placed = async () => {
  const cartToken = await openCart();
  const { data } = await ask(nobody, place, { input: inputOf(), cartToken });
  return { ...data.result, cartToken };
};

describe('somebody without an account', () => {
  it('sees a price, orders, and is given the order’s token once', async () => {
    const cartToken = await openCart();
    expect((await ask(nobody, quote, { cartToken })).data.checkoutQuote).toEqual({
      amounts: { total: { amount: '17.00' } },
    });
    const input = inputOf();
    const { data } = await ask(nobody, place, { input, cartToken });
    const { id, orderToken } = data.result;
    expect(data.result).toMatchObject({
      ...{ __typename: 'Order', status: 'PENDING', guestEmail: 'grace@example.test', buyer: null },
      ...{ lines: [{ title: 'A mug' }], shippingAddress: { city: 'Leeds' } },
      timeline: [{ type: 'Placed', actor: 'BUYER', user: null }],
    });
    expect(orderToken).toMatch(/^[\w-]{43}$/);
    expect((await ask(nobody, place, { input, cartToken })).data.result).toEqual(data.result);
    const seen = (await ask(nobody, read, { id, orderToken })).data.order;
    expect(seen).toEqual({ ...data.result, __typename: undefined, orderToken: null });
  });

  it('needs a cart’s token, an e-mail address, and a card', async () => {
    const cartToken = await openCart();
    const input = inputOf();
    expect((await ask(nobody, place, { input })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await ask(nobody, quote)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await ask(nobody, quote, { cartToken: 'x'.repeat(43) })).codes).toEqual(['NOT_FOUND']);
    for (const email of [null, '', 'grace', `${'g'.repeat(250)}@example.test`, 'g@example.test\nBcc: all'])
      expect((await ask(nobody, place, { input: inputOf({ email }), cartToken })).codes).toEqual([
        'BAD_USER_INPUT',
      ]);
    const wallet = inputOf({ payment: { method: 'WALLET' } });
    expect((await ask(nobody, place, { input: wallet, cartToken })).data.result).toMatchObject({
      code: 'WALLET_NEEDS_ACCOUNT',
    });
    const strange = { input, cartToken: 'x'.repeat(43) };
    expect((await ask(nobody, place, strange)).data.result).toMatchObject({ code: 'CART_NOT_FOUND' });
    const busy = { ...orders.app, placeAsGuest: async () => ({ ok: false, retryAfter: 9 }) as const };
    expect((await ask(nobody, place, { input, cartToken }, busy)).codes).toEqual(['RATE_LIMITED']);
  });

  it('opens with a token its order, and nothing with none or another', async () => {
    const [own, other] = [await placed(), await placed()];
    const { id, number, orderToken } = own;
    expect((await ask(nobody, readByNumber, { number, orderToken })).data.orderByNumber).toEqual({ id });
    for (const document of [read, cancel, cancelLine])
      expect((await ask(nobody, document, { id })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await ask(nobody, readByNumber, { number })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await ask(nobody, receive, { id: own.shipments[0].id })).codes).toEqual(['UNAUTHENTICATED']);
    for (const wrong of [other.orderToken, own.cartToken, 'x'.repeat(43), '\u0000']) {
      const sent = { id, number, orderToken: wrong };
      expect((await ask(nobody, read, sent)).data.order).toBeNull();
      expect((await ask(nobody, readByNumber, sent)).data.orderByNumber).toBeNull();
      for (const document of [cancel, cancelLine])
        expect((await ask(nobody, document, sent)).data.result).toMatchObject({ code: 'NOT_FOUND' });
      const shipment = { id: own.shipments[0].id, orderToken: wrong };
      expect((await ask(nobody, receive, shipment)).data.result).toMatchObject({ code: 'NOT_FOUND' });
    }
    for (const orderToken of ['', ' '])
      expect((await ask(viewer('anybody'), read, { id, orderToken })).codes).toEqual(['BAD_USER_INPUT']);
    // Where a token is sent nothing else decides, not even who one is.
    expect((await ask(admin, read, { id, orderToken: other.orderToken })).data.order).toBeNull();
    expect((await ask(viewer('anybody'), read, { id, orderToken })).data.order).toMatchObject({ id });
    expect((await ask(viewer('helper', 'SUPPORT'), cancel, { id, orderToken })).codes).toEqual([
      'FORBIDDEN',
    ]);
  });

  it('gives its e-mail address to administrators alone, and no sign of itself to its seller', async () => {
    const { id } = await placed();
    const shown = async (who: Who) => (await ask(who, read, { id })).data.order;
    expect(await shown(admin)).toMatchObject({ guestEmail: 'grace@example.test', buyer: null });
    expect(await shown(viewer('helper', 'SUPPORT'))).toMatchObject({ guestEmail: null, buyer: null });
    expect(await shown(viewer('potter', 'SELLER'))).toBeNull();
    await orders.hear(stockReserved, { orderId: id });
    const { totalMinor: minor } = await orders.prisma.order.findUniqueOrThrow({ where: { id } });
    const paid = { orderId: id, paymentId: orders.paymentOf(id), amount: { minor, currency: 'GBP' } };
    await orders.hear(paymentCaptured, paid);
    expect(await shown(viewer('potter', 'SELLER'))).toMatchObject({ guestEmail: null, orderToken: null });
    expect(await shown(viewer('stranger'))).toBeNull();
  });

  it('calls the order off', async () => {
    const { id, orderToken } = await placed();
    const { result } = (await ask(nobody, cancel, { id, orderToken })).data;
    expect(result).toMatchObject({ __typename: 'Order', id, status: 'CANCELLED', orderToken: null });
    expect(result.timeline.at(-1)).toEqual({ type: 'Cancelled', actor: 'BUYER', user: null });
  });

  it('is erased from it when they say so', async () => {
    const erase = `mutation ($orderToken: String!) { result: eraseGuestOrder(orderToken: $orderToken) }`;
    const { id, orderToken } = await placed();
    expect((await ask(viewer('helper', 'SUPPORT'), erase, { orderToken })).codes).toEqual(['FORBIDDEN']);
    expect((await ask(nobody, erase, { orderToken })).data.result).toBe(true);
    expect((await ask(nobody, erase, { orderToken })).data.result).toBe(false);
    expect((await ask(nobody, erase, { orderToken: ' ' })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await ask(viewer('claimer'), claim, { orderToken: '' })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await ask(nobody, read, { id, orderToken })).data.order).toBeNull();
    expect((await ask(admin, read, { id })).data.order).toMatchObject({
      ...{ status: 'CANCELLED', guestEmail: null, shippingAddress: null },
    });
  });

  const follow = async (who: Who, variableValues: Record<string, unknown>) =>
    subscribe({
      schema,
      document: parse(change),
      variableValues,
      contextValue: createContext(orders.app, who),
    });

  it('follows it, until it is somebody’s', async () => {
    const { id, orderToken } = await placed();
    for (const sent of [
      { id, orderToken: 'x'.repeat(43) },
      { id: 'none', orderToken },
    ])
      expect(await follow(nobody, sent)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    expect(await follow(nobody, { id })).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    const stream = (await follow(nobody, { id, orderToken })) as AsyncGenerator<ExecutionResult>;
    expect((await stream.next()).value).toMatchObject({
      data: { orderStatusChanged: { sequence: 1, order: { id, shippingAddress: { city: 'Leeds' } } } },
    });
    const waiting = stream.next();
    await ask(viewer('claimer'), claim, { orderToken });
    expect((await waiting).value).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    expect((await stream.next()).done).toBe(true);
  });
});

describe('a return of a guest’s', () => {
  const seen = `id status comment seller { id } order { id status orderToken shippingAddress { city } }`;
  const request = `mutation ($input: RequestReturnInput!, $orderToken: String) {
    result: requestReturn(input: $input, orderToken: $orderToken) { __typename
      ... on Return { ${seen} } ... on RequestReturnRefusal { code } } }`;
  const cancelReturn = `mutation ($id: ID!, $orderToken: String) {
    result: cancelReturn(returnId: $id, orderToken: $orderToken) { __typename
      ... on Return { status } ... on ReturnRefusal { code } } }`;
  const readReturn = `query ($id: ID!, $orderToken: String) { return(id: $id, orderToken: $orderToken) { ${seen} } }`;
  const readAll = `query ($id: ID!, $orderToken: String) { order(id: $id, orderToken: $orderToken) {
    returns { id comment } shipments { returns { id } } } }`;

  const arrived = async () => {
    const own = await placed();
    const orderId = asId<'Order'>(own.id);
    await orders.hear(stockReserved, { orderId });
    await orders.hear(paymentCaptured, {
      ...{ orderId, paymentId: orders.paymentOf(orderId), amount: { minor: 1700n, currency: 'GBP' } },
    });
    const shipmentId = asId<'Shipment'>(own.shipments[0].id);
    const parcel = { shipmentId, carrier: 'Royal Mail', trackingNumber: 'RM-0001' };
    await orders.app.shipShipment(actor('potter'), parcel);
    await ask(nobody, receive, { id: shipmentId, orderToken: own.orderToken });
    const input = {
      ...{ shipmentId, idempotencyKey: 'key', reason: 'DAMAGED', comment: 'It fell on Grace' },
      lines: [{ variantId: 'mug', quantity: 1 }],
    };
    return { ...own, orderId, input };
  };

  it('is asked for, seen and taken back by the token of its order, and by no other', async () => {
    const [{ id, orderToken, input }, other] = [await arrived(), await placed()];
    expect((await ask(nobody, request, { input })).codes).toEqual(['UNAUTHENTICATED']);
    for (const [who, wrong] of [
      [nobody, other.orderToken],
      [admin, 'x'.repeat(43)],
      [viewer('stranger'), null],
    ] as const)
      expect((await ask(who, request, { input, orderToken: wrong })).data.result).toMatchObject({
        code: 'NOT_FOUND',
      });
    const { data, codes } = await ask(nobody, request, { input, orderToken });
    expect(codes).toBeUndefined();
    expect(data.result).toMatchObject({
      ...{
        __typename: 'Return',
        status: 'REQUESTED',
        comment: 'It fell on Grace',
        seller: { id: 'potter' },
      },
      order: { id, status: 'DELIVERED', orderToken: null, shippingAddress: { city: 'Leeds' } },
    });
    const returned = data.result.id;
    expect((await ask(nobody, request, { input, orderToken })).data.result).toMatchObject({ id: returned });
    expect((await ask(nobody, readReturn, { id: returned, orderToken })).data.return).toMatchObject({
      ...{ id: returned, order: { id } },
    });
    expect((await ask(nobody, readAll, { id, orderToken })).data.order).toEqual({
      returns: [{ id: returned, comment: 'It fell on Grace' }],
      shipments: [{ returns: [{ id: returned }] }],
    });
    for (const [who, wrong] of [
      [nobody, other.orderToken],
      [admin, other.orderToken],
      [viewer('potter', 'SELLER'), 'x'.repeat(43)],
      [viewer('stranger'), null],
    ] as const) {
      const sent = { id: returned, orderToken: wrong };
      expect((await ask(who, readReturn, sent)).data.return).toBeNull();
      expect((await ask(who, cancelReturn, sent)).data.result).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect((await ask(nobody, readReturn, { id: returned })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await ask(nobody, cancelReturn, { id: returned, orderToken })).data.result).toMatchObject({
      status: 'WITHDRAWN',
    });
  });

  it('goes with the order to whoever claims it', async () => {
    const { id, orderToken, input } = await arrived();
    const returned = (await ask(nobody, request, { input, orderToken })).data.result.id;
    const who = viewer('taker');
    await ask(who, claim, { orderToken });
    expect((await ask(nobody, readReturn, { id: returned, orderToken })).data.return).toBeNull();
    expect((await ask(who, readReturn, { id: returned })).data.return).toMatchObject({ order: { id } });
    expect((await ask(who, cancelReturn, { id: returned })).data.result).toMatchObject({
      status: 'WITHDRAWN',
    });
    expect((await orders.rebuild({ check: true })).differences).toEqual([]);
  });

  it('keeps nothing that was said of it once they are forgotten, nor what is said later', async () => {
    const { orderId, orderToken, input } = await arrived();
    const returned = (await ask(nobody, request, { input, orderToken })).data.result.id;
    const notes = () => orders.prisma.returnNote.count({ where: { orderId } });
    expect(await notes()).toBe(1);
    await ask(nobody, 'mutation ($orderToken: String!) { eraseGuestOrder(orderToken: $orderToken) }', {
      orderToken,
    });
    expect(await notes()).toBe(0);
    const rejected = await orders.app.rejectReturn(actor('potter'), returned, 'Grace dropped it');
    expect(rejected).toMatchObject({ ok: true });
    expect(await notes()).toBe(0);
  });
});

describe('who signs in', () => {
  it('claims the order, which its token opens no more', async () => {
    const { id, orderToken } = await placed();
    const who = viewer('returner');
    for (let time = 0; time < 2; time += 1)
      expect((await ask(who, claim, { orderToken })).data.result).toMatchObject({
        ...{ __typename: 'Order', id, buyer: { id: 'returner' }, guestEmail: null, orderToken: null },
        timeline: [
          { type: 'Placed', user: null },
          { type: 'Claimed', user: { id: 'returner' } },
        ],
      });
    expect((await ask(nobody, read, { id, orderToken })).data.order).toBeNull();
    expect((await ask(who, read, { id })).data.order).toMatchObject({ id });
    expect((await ask(viewer('thief'), claim, { orderToken })).data.result).toEqual({
      __typename: 'ClaimOrderRefusal',
      code: 'NOT_FOUND',
    });
    expect((await ask(nobody, claim, { orderToken })).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('orders from a cart of their own, whatever tokens they send', async () => {
    const cartToken = await openCart();
    const sent = { input: inputOf({ email: 'not looked at' }), cartToken };
    expect((await ask(viewer('owner of none'), place, sent)).data.result).toMatchObject({
      code: 'EMPTY_CART',
    });
  });
});
