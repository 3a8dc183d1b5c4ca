import { composeServices } from '@apollo/composition';
import { asId } from '@emporium/domain';
import { type KeyedReads, postgresAdapter } from '@emporium/subgraph';
import { type TestDatabase, testDatabase } from '@emporium/testing';
import { type ExecutionResult, type GraphQLSchema, graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrderId, UserId } from './application/ports.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { createOrderReads } from './infrastructure/order-reads.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { createTestOrders, type TestOrders, variant, viewer } from './test-orders.ts';

let database: TestDatabase;
let orders: TestOrders;
let schema: GraphQLSchema;
let watched: PrismaClient<'query'>;
let statements: string[] = [];

beforeAll(async () => {
  database = await testDatabase('orders');
  orders = createTestOrders(database);
  schema = await createSchema();
  watched = new PrismaClient({
    adapter: postgresAdapter(database.url, 'orders'),
    log: [{ emit: 'event', level: 'query' }],
  });
  watched.$on('query', ({ query }) => statements.push(query));
  await orders.sell(
    variant('mug', { sellerId: 'potter', minor: 850n }),
    variant('tea', { sellerId: 'grocer', minor: 335n }),
  );
});
beforeEach(() => {
  statements = [];
});
afterAll(async () => {
  await orders.stop();
  await watched.$disconnect();
});

/** What goes past Prisma is counted with the rest. */
const watchedKeyed: KeyedReads = {
  rows: (statement) => {
    statements.push(statement.text);
    return orders.keyed.rows(statement);
  },
  close: async () => undefined,
};

const contextOf = (who: ReturnType<typeof viewer>) =>
  createContext({ ...orders.app, reads: createOrderReads(watched, watchedKeyed) }, who);

const ask = async (
  who: ReturnType<typeof viewer>,
  source: string,
  variableValues: Record<string, unknown> = {},
) => {
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue: contextOf(who) });
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect
  return { data: data as any, codes: errors?.map(({ extensions }) => extensions.code) };
};

const nobody = viewer(null);
const admin = viewer('admin', 'ADMIN');

const addToCart = `mutation ($input: CartLineInput!) {
  addToCart(input: $input) {
    __typename
    ... on Cart { lines { variant { id } title quantity unitPrice { amount } total { amount currency } available } total { amount currency } }
    ... on CartRefusal { code message }
  }
}`;
const placeOrder = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    __typename
    ... on Order { id number status total { amount currency } shipments { id seller { id } status lines { title } } }
    ... on PlaceOrderRefusal { code message }
  }
}`;
const input = {
  idempotencyKey: 'key',
  shippingAddress: { name: 'Ada', line1: '12 Square', city: 'London', postalCode: 'SW1Y', country: 'GB' },
  payment: { method: 'CARD', token: 'tok_ok' },
};
const readOrder = `query ($id: ID!) {
  order(id: $id) {
    status total { amount } lines { title variant { id } } buyer { id } failureReason shippingAddress { city }
    shipments { seller { id } carrier lines { title } } timeline { sequence type at }
  }
}`;

describe('the schema', () => {
  it('composes, and tells the gateway how to resume', async () => {
    const result = await graphql({ schema, source: '{ _service { sdl } }' });
    const { sdl } = (result.data as { _service: { sdl: string } })._service;
    const { errors, hints, supergraphSdl } = composeServices([
      { name: 'orders', url: 'http://orders', typeDefs: parse(sdl) },
    ]);
    expect(errors).toBeUndefined();
    expect(hints).toEqual([]);
    expect(supergraphSdl).toMatch(/@resumable\(argument: "afterSequence", from: "sequence"\)/);
  });
});

describe('a quote', () => {
  const quote = `query ($input: CheckoutQuoteInput!) {
    checkoutQuote(input: $input) {
      __typename
      ... on CheckoutQuote {
        couponCode amounts { goods { amount } discount { amount } shipping { amount } tax { amount } includedTax { amount } total { amount currency } }
        lines { variant { id } title quantity unitPrice { amount } amounts { total { amount } } reasons { code name rate base { amount } amount { amount } } }
        shipments { seller { id } method options { method price { amount } minDays maxDays } amounts { total { amount } } }
      }
      ... on CheckoutQuoteRefusal { code message sellerIds variantIds }
    }
  }`;
  const setRate = `mutation ($input: SetShippingRateInput!) {
    setShippingRate(input: $input) {
      ... on ShippingRate { version country method flat { amount } perItem { amount } freeFrom { amount } minDays maxDays }
      ... on ShippingRateRefusal { code }
    }
  }`;
  const promote = `mutation ($input: CreatePromotionInput!) {
    createPromotion(input: $input) {
      ... on Promotion { couponCode kind percent redeemed limitTotal }
      ... on PromotionRefusal { code }
    }
  }`;

  it('says amount by amount what an order would cost, by rules that sellers set', async () => {
    const turner = viewer('turner', 'BUYER', 'SELLER');
    await orders.sell(variant('bowl', { sellerId: 'turner', minor: 2000n }));
    const gbp = (amount: string) => ({ amount, currency: 'GBP' });
    const rate = {
      ...{ country: 'GB', method: 'STANDARD', minDays: 2, maxDays: 3 },
      ...{ flat: gbp('3.00'), perItem: gbp('0.50'), freeFrom: gbp('100.00') },
    };
    expect((await ask(turner, setRate, { input: rate })).data.setShippingRate).toEqual({
      version: 1,
      ...{ country: 'GB', method: 'STANDARD', minDays: 2, maxDays: 3 },
      ...{ flat: { amount: '3.00' }, perItem: { amount: '0.50' }, freeFrom: { amount: '100.00' } },
    });
    const code = { name: 'An eighth', code: 'Eighth', kind: 'PERCENTAGE', percent: '12.5', limitTotal: 2 };
    expect((await ask(turner, promote, { input: code })).data.createPromotion).toEqual({
      ...{ couponCode: 'Eighth', kind: 'PERCENTAGE', percent: '12.5', redeemed: 0, limitTotal: 2 },
    });
    const buyer = viewer('a buyer of bowls');
    await ask(buyer, addToCart, { input: { variantId: 'bowl', quantity: 2 } });
    const { data } = await ask(buyer, quote, { input: { country: 'GB', couponCode: 'EIGHTH' } });
    expect(data.checkoutQuote).toEqual({
      __typename: 'CheckoutQuote',
      couponCode: 'Eighth',
      amounts: {
        goods: { amount: '40.00' },
        discount: { amount: '5.00' },
        shipping: { amount: '4.00' },
        tax: { amount: '0.00' },
        includedTax: { amount: '0.00' },
        total: { amount: '39.00', currency: 'GBP' },
      },
      lines: [
        {
          variant: { id: 'bowl' },
          title: 'A bowl',
          quantity: 2,
          unitPrice: { amount: '20.00' },
          amounts: { total: { amount: '35.00' } },
          reasons: [
            {
              ...{ code: 'DISCOUNT', name: 'An eighth', rate: '12.5' },
              ...{ base: { amount: '40.00' }, amount: { amount: '5.00' } },
            },
          ],
        },
      ],
      shipments: [
        {
          seller: { id: 'turner' },
          method: 'STANDARD',
          options: [{ method: 'STANDARD', price: { amount: '4.00' }, minDays: 2, maxDays: 3 }],
          amounts: { total: { amount: '39.00' } },
        },
      ],
    });
    const abroad = await ask(buyer, quote, { input: { country: 'FR' } });
    expect(abroad.data.checkoutQuote).toMatchObject({
      __typename: 'CheckoutQuoteRefusal',
      ...{ code: 'NO_SHIPPING', sellerIds: ['turner'], variantIds: ['bowl'] },
    });
    const wrong = { ...input, idempotencyKey: 'bowls', expectedTotal: gbp('39.01'), couponCode: 'eighth' };
    const refused = await ask(
      buyer,
      `mutation ($input: PlaceOrderInput!) {
        placeOrder(input: $input) { ... on PlaceOrderRefusal { code presentTotal { amount } } }
      }`,
      { input: wrong },
    );
    expect(refused.data.placeOrder).toEqual({ code: 'PRICE_CHANGED', presentTotal: { amount: '39.00' } });
    const placed = await ask(buyer, placeOrder, { input: { ...wrong, expectedTotal: gbp('39.00') } });
    expect(placed.data.placeOrder).toMatchObject({
      __typename: 'Order',
      total: { amount: '39.00', currency: 'GBP' },
    });
  });

  it.each([
    ['a seller twice', { shippingMethods: [1, 2].map(() => ({ sellerId: 's', method: 'EXPRESS' })) }],
    ['another country’s region', { region: 'US-CA' }],
    ['a region that is none', { region: 'California' }],
    ['a region that only looks like one', { region: 'GB-XXX' }],
    ['an empty code', { couponCode: '' }],
    ['a code of two lines', { couponCode: 'A\nB' }],
  ])('is not given for %s', async (_, wrong) =>
    expect((await ask(viewer('ada'), quote, { input: { country: 'GB', ...wrong } })).codes).toEqual([
      'BAD_USER_INPUT',
    ]),
  );

  it.each([
    ['percent', { kind: 'PERCENTAGE', percent: '0' }],
    ['amount', { kind: 'FIXED_AMOUNT' }],
    ['buy', { kind: 'BUY_X_GET_Y', get: 1 }],
    ['limitTotal', { kind: 'PERCENTAGE', percent: '5', limitTotal: 3 }],
    ['code', { kind: 'PERCENTAGE', percent: '5', code: '50 %' }],
    ['kind of amount', { kind: 'PERCENTAGE', percent: '5', amount: { amount: '5', currency: 'GBP' } }],
    [
      'minimum beside its amount',
      {
        kind: 'FIXED_AMOUNT',
        amount: { amount: '5', currency: 'GBP' },
        minimum: { amount: '9', currency: 'EUR' },
      },
    ],
    ['kind of percent', { kind: 'BUY_X_GET_Y', buy: 2, get: 1, percent: '5' }],
    ['kind of get', { kind: 'FIXED_AMOUNT', amount: { amount: '5', currency: 'GBP' }, get: 1 }],
  ])('knows no promotion without a right %s', async (_, wrong) =>
    expect(
      (await ask(viewer('potter', 'SELLER'), promote, { input: { name: 'Wrong', ...wrong } })).codes,
    ).toEqual(['BAD_USER_INPUT']),
  );

  it.each([
    { validUntil: '2020-01-01T00:00:00Z' },
    { validFrom: '2030-01-01T00:00:00Z', validUntil: '2029-01-01T00:00:00Z' },
    { validFrom: '0000-01-01T00:00:00Z' },
    { validUntil: '9999-12-31T23:59:59-14:00' },
  ])('has no promotion of a time that is none: %j', async (changed) => {
    const promotion = { name: 'Never', code: 'Never', kind: 'PERCENTAGE', percent: '5', ...changed };
    const { codes } = await ask(viewer('turner', 'SELLER'), promote, { input: promotion });
    expect(codes).toEqual(['BAD_USER_INPUT']);
  });

  it('may have a promotion from the first moment to the last', async () => {
    const [validFrom, validUntil] = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];
    const promotion = {
      name: 'Ever',
      code: 'Ever',
      kind: 'PERCENTAGE',
      percent: '5',
      validFrom,
      validUntil,
    };
    const { data } = await ask(viewer('turner', 'SELLER'), promote, { input: promotion });
    expect(data.createPromotion).toMatchObject({ couponCode: 'Ever' });
  });

  it('has rules that only sellers and administrators make', async () => {
    const rule = { name: 'Nothing', kind: 'PERCENTAGE', percent: '5' };
    const taxRule = { country: 'AT', name: 'USt', rate: '20', inclusive: true };
    const setTaxRule = 'mutation ($input: SetTaxRuleInput!) { setTaxRule(input: $input) { version rate } }';
    const made = await ask(viewer('ada'), promote, { input: rule });
    expect(made.data.createPromotion).toEqual({ code: 'NOT_A_SELLER' });
    expect((await ask(viewer('potter', 'SELLER'), setTaxRule, { input: taxRule })).codes).toEqual([
      'FORBIDDEN',
    ]);
    expect((await ask(admin, setTaxRule, { input: taxRule })).data.setTaxRule).toEqual({
      version: 1,
      rate: '20',
    });
    const list =
      '{ taxRules { edges { node { name country } } } platformShippingRates(first: 1) { edges { node { country flat { amount } } } } }';
    expect((await ask(admin, list)).data).toEqual({
      taxRules: { edges: [{ node: { name: 'USt', country: 'AT' } }] },
      platformShippingRates: { edges: [{ node: { country: 'AD', flat: null } }] },
    });
    const mine =
      '{ myPromotions { edges { node { couponCode } } } myShippingRates { edges { node { country } } } }';
    expect((await ask(viewer('ada'), mine)).data).toEqual({
      myPromotions: { edges: [] },
      myShippingRates: { edges: [] },
    });
  });
});

describe('a cart', () => {
  it('shows what was put in, at today’s prices', async () => {
    const { data } = await ask(viewer('ada'), addToCart, { input: { variantId: 'mug', quantity: 2 } });
    expect(data.addToCart).toEqual({
      __typename: 'Cart',
      lines: [
        {
          variant: { id: 'mug' },
          title: 'A mug',
          quantity: 2,
          unitPrice: { amount: '8.50' },
          total: { amount: '17.00', currency: 'GBP' },
          available: true,
        },
      ],
      total: { amount: '17.00', currency: 'GBP' },
    });
  });

  it('is empty, in pounds, for whoever has put nothing in', async () => {
    const first = await ask(
      viewer('newcomer'),
      '{ cart { id lines { title } total { amount currency } } }',
    );
    expect(first.data.cart).toMatchObject({ lines: [], total: { amount: '0.00', currency: 'GBP' } });
    expect((await ask(viewer('newcomer'), '{ cart { id } }')).data.cart.id).toBe(first.data.cart.id);
  });

  it('takes many lines at once', async () => {
    const many = `mutation ($lines: [CartLineInput!]!) { addLinesToCart(input: { lines: $lines }) {
      ... on Cart { total { amount } } ... on CartRefusal { code } } }`;
    const lines = [
      { variantId: 'mug', quantity: 1 },
      { variantId: 'tea', quantity: 1 },
    ];
    const { data } = await ask(viewer('bulk'), many, { lines });
    expect(data.addLinesToCart).toEqual({ total: { amount: '11.85' } });
    expect((await ask(viewer('bulk'), many, { lines: [] })).codes).toEqual(['BAD_USER_INPUT']);
    const tooMany = Array.from({ length: 501 }, () => ({ variantId: 'mug', quantity: 1 }));
    expect((await ask(viewer('bulk'), many, { lines: tooMany })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('drops a line at 0', async () => {
    await ask(viewer('fickle'), addToCart, { input: { variantId: 'mug', quantity: 2 } });
    const update = addToCart.replaceAll('addToCart', 'updateCartLine');
    const { data } = await ask(viewer('fickle'), update, { input: { variantId: 'mug', quantity: 0 } });
    expect(data.updateCartLine.lines).toEqual([]);
  });

  it.each([0, -1, 100_001, 1_000_000_000])('refuses to add %d', async (quantity) => {
    const { codes } = await ask(viewer('ada'), addToCart, { input: { variantId: 'mug', quantity } });
    expect(codes).toEqual(['BAD_USER_INPUT']);
  });

  it('does not know an unknown variant', async () => {
    const { data } = await ask(viewer('ada'), addToCart, { input: { variantId: 'gone', quantity: 1 } });
    expect(data.addToCart).toMatchObject({ __typename: 'CartRefusal', code: 'NOT_FOUND' });
  });

  it('needs somebody', async () => {
    expect((await ask(nobody, '{ cart { id } }')).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('placing an order', () => {
  it('answers with the order', async () => {
    await ask(viewer('placer'), addToCart, { input: { variantId: 'mug', quantity: 2 } });
    await ask(viewer('placer'), addToCart, { input: { variantId: 'tea', quantity: 1 } });
    const { data } = await ask(viewer('placer'), placeOrder, {
      input: { ...input, expectedTotal: { amount: '20.35', currency: 'GBP' } },
    });
    expect(data.placeOrder).toMatchObject({
      __typename: 'Order',
      number: expect.stringMatching(/^.{4}-.{4}-.{4}$/),
      status: 'PENDING',
      total: { amount: '20.35', currency: 'GBP' },
      shipments: [
        { seller: { id: 'potter' }, status: 'PENDING', lines: [{ title: 'A mug' }] },
        { seller: { id: 'grocer' }, status: 'PENDING', lines: [{ title: 'A tea' }] },
      ],
    });
    const again = await ask(viewer('placer'), placeOrder, {
      input: { ...input, expectedTotal: { amount: '20.3500', currency: 'GBP' } },
    });
    expect(again.data.placeOrder.id).toBe(data.placeOrder.id);
  });

  it('is refused in words', async () => {
    const { data } = await ask(viewer('hasty'), placeOrder, { input });
    expect(data.placeOrder).toMatchObject({
      code: 'EMPTY_CART',
      message: expect.stringContaining('addToCart'),
    });
  });

  it.each([
    ['no token for a card', { payment: { method: 'CARD' } }],
    ['a token for the wallet', { payment: { method: 'WALLET', token: 'tok_ok' } }],
    ['a saved card for the wallet', { payment: { method: 'WALLET', paymentMethodId: 'a' } }],
    ['two cards', { payment: { method: 'CARD', token: 'tok_ok', paymentMethodId: 'a' } }],
    ['an empty id of a card', { payment: { method: 'CARD', paymentMethodId: ' ' } }],
    ['an empty key', { idempotencyKey: ' ' }],
    ['a long key', { idempotencyKey: 'k'.repeat(129) }],
    ['no name', { shippingAddress: { ...input.shippingAddress, name: '' } }],
    ['a line break in an address', { shippingAddress: { ...input.shippingAddress, line1: 'a\nb' } }],
    ['a long city', { shippingAddress: { ...input.shippingAddress, city: 'x'.repeat(101) } }],
    ['too many decimals', { expectedTotal: { amount: '1.234', currency: 'GBP' } }],
  ])('is bad input with %s', async (_, changed) => {
    expect((await ask(viewer('ada'), placeOrder, { input: { ...input, ...changed } })).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});

describe('an order', () => {
  let orderId: OrderId;
  let buyerId: UserId;
  beforeEach(async () => {
    ({ orderId, buyerId } = await orders.placePaid({ mug: 2, tea: 1 }));
  });
  const as = (who: ReturnType<typeof viewer>) => ask(who, readOrder, { id: orderId });

  it('is the buyer’s, whole', async () => {
    expect((await as(viewer(buyerId))).data.order).toMatchObject({
      status: 'CONFIRMED',
      total: { amount: '20.35' },
      lines: [{ title: 'A mug' }, { title: 'A tea' }],
      buyer: { id: buyerId },
      shippingAddress: { city: 'London' },
      shipments: [{ seller: { id: 'potter' } }, { seller: { id: 'grocer' } }],
      timeline: [
        { sequence: 1, type: 'Placed' },
        { sequence: 2, type: 'StockReserved' },
        { sequence: 3, type: 'Confirmed' },
      ],
    });
  });

  it('is each seller’s in their part', async () => {
    expect((await as(viewer('grocer', 'SELLER'))).data.order).toMatchObject({
      total: { amount: '3.35' },
      lines: [{ title: 'A tea' }],
      shipments: [{ seller: { id: 'grocer' }, lines: [{ title: 'A tea' }] }],
    });
  });

  it('is an administrator’s, whole', async () => {
    expect((await as(admin)).data.order.lines).toHaveLength(2);
  });

  it('is nobody else’s', async () => {
    expect(await as(viewer('stranger', 'SELLER', 'BUYER'))).toEqual({
      data: { order: null },
      codes: undefined,
    });
    expect((await ask(admin, readOrder, { id: 'gone' })).data.order).toBeNull();
    expect((await as(nobody)).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('is hidden the same way from references', async () => {
    const source = `query ($them: [_Any!]!) { _entities(representations: $them) { ... on Order { status } } }`;
    const them = [{ __typename: 'Order', id: orderId }];
    expect((await ask(viewer(buyerId), source, { them })).data._entities).toEqual([
      { status: 'CONFIRMED' },
    ]);
    expect((await ask(viewer('stranger'), source, { them })).data._entities).toEqual([null]);
    expect((await ask(nobody, source, { them })).data._entities).toEqual([null]);
  });

  it('can be shipped by its sellers, with an honest label', async () => {
    const [pots] = await orders.shipmentsOf(orderId);
    const ship = `mutation ($input: ShipInput!) { shipShipment(input: $input) {
      ... on Shipment { status carrier trackingNumber } ... on ShipmentRefusal { code } } }`;
    const label = { shipmentId: pots?.id, carrier: ' Royal Mail ', trackingNumber: 'RM-1234' };
    const by = async (who: string, changed = {}) =>
      ask(viewer(who), ship, { input: { ...label, ...changed } });
    expect((await by('grocer')).data.shipShipment).toEqual({ code: 'NOT_FOUND' });
    expect((await by('potter', { carrier: 'To Bob, 12 Mill Lane' })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await by('potter', { trackingNumber: 'abc' })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await by('potter')).data.shipShipment).toEqual({
      status: 'SHIPPED',
      carrier: 'Royal Mail',
      trackingNumber: 'RM-1234',
    });
    const cancel =
      'mutation ($id: ID!) { cancelOrder(orderId: $id) { ... on CancelOrderRefusal { code } } }';
    expect((await ask(viewer(buyerId), cancel, { id: orderId })).data.cancelOrder).toEqual({
      code: 'ALREADY_SHIPPED',
    });
    const confirm =
      'mutation ($id: ID!) { confirmDelivery(shipmentId: $id) { ... on Shipment { status } ... on ShipmentRefusal { code } } }';
    expect((await ask(viewer('potter'), confirm, { id: pots?.id })).data.confirmDelivery).toEqual({
      code: 'NOT_FOUND',
    });
    expect((await ask(viewer(buyerId), confirm, { id: pots?.id })).data.confirmDelivery).toEqual({
      status: 'DELIVERED',
    });
  });
});

describe('a user', () => {
  const source = `query ($them: [_Any!]!, $first: Int, $after: String) { _entities(representations: $them) { ... on User {
    cart { id }
    orders(first: $first, after: $after) {
      edges { node { id lines { title variant { id } } shipments { id lines { title } } timeline { type } shippingAddress { city } } }
      pageInfo { hasNextPage endCursor }
    }
  } } }`;
  const them = [{ __typename: 'User', id: 'regular' }];
  const placed: string[] = [];

  beforeAll(async () => {
    for (const key of ['first', 'second', 'third']) {
      await orders.app.addToCart(asId('regular'), [
        { variantId: asId('mug'), quantity: 1 },
        { variantId: asId('tea'), quantity: 1 },
      ]);
      const { data } = await ask(viewer('regular'), placeOrder, {
        input: { ...input, idempotencyKey: key },
      });
      placed.unshift(data.placeOrder.id);
    }
  });

  it('sees their orders, newest first, page by page', async () => {
    const first = await ask(viewer('regular'), source, { them, first: 2 });
    const { edges, pageInfo } = first.data._entities[0].orders;
    expect(edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(placed.slice(0, 2));
    expect(pageInfo.hasNextPage).toBe(true);
    const next = await ask(viewer('regular'), source, { them, first: 2, after: pageInfo.endCursor });
    expect(next.data._entities[0].orders).toMatchObject({
      edges: [{ node: { id: placed[2] } }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('costs one statement per kind of row, however many orders are shown', async () => {
    await ask(viewer('regular'), '{ cart { id } }');
    statements = [];
    await ask(viewer('regular'), source, { them, first: 3 });
    expect(statements).toHaveLength(6);
  });

  it('shows nothing to others, and no cart to administrators', async () => {
    expect((await ask(viewer('stranger'), source, { them })).data._entities).toEqual([
      { cart: null, orders: null },
    ]);
    const { data } = await ask(admin, source, { them });
    expect(data._entities[0].cart).toBeNull();
    expect(data._entities[0].orders.edges).toHaveLength(3);
  });

  it('pages within limits', async () => {
    expect((await ask(viewer('regular'), source, { them, first: 100_000 })).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect((await ask(viewer('regular'), source, { them, after: 'x' })).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('references', () => {
  it('cost one statement, however many there are', async () => {
    const source = `query ($them: [_Any!]!) { _entities(representations: $them) { ... on Order { number } } }`;
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => (await orders.place({ mug: 1 })).orderId),
    );
    statements = [];
    const { data } = await ask(admin, source, { them: ids.map((id) => ({ __typename: 'Order', id })) });
    expect(data._entities).toHaveLength(5);
    expect(statements).toHaveLength(1);
  });
});

describe('the subscription', () => {
  const document = parse(`subscription ($id: ID!, $after: Int, $token: String) {
    orderStatusChanged(orderId: $id, afterSequence: $after, orderToken: $token) { sequence status at order { id status } }
  }`);
  const open = (who: ReturnType<typeof viewer>, variableValues: Record<string, unknown>) =>
    subscribe({ schema, document, variableValues, contextValue: contextOf(who) });

  it('gives the present state, then each change, then ends', async () => {
    const { orderId, buyerId } = await orders.place({ mug: 1 });
    const stream = (await open(viewer(buyerId), { id: orderId })) as AsyncGenerator<ExecutionResult>;
    expect((await stream.next()).value).toMatchObject({
      data: { orderStatusChanged: { sequence: 1, status: 'PENDING', order: { id: orderId } } },
    });
    const waiting = stream.next();
    await orders.app.cancelOrder({ id: buyerId, isAdmin: false }, orderId, null);
    expect((await waiting).value).toMatchObject({
      data: { orderStatusChanged: { sequence: 2, status: 'CANCELLED' } },
    });
    expect((await stream.next()).done).toBe(true);
  });

  it.each([
    ['nobody', nobody, {}, 'UNAUTHENTICATED'],
    ['a stranger', viewer('stranger'), {}, 'NOT_FOUND'],
    ['an unknown order', admin, { id: 'gone' }, 'NOT_FOUND'],
    ['a sequence below 0', admin, { after: -1 }, 'BAD_USER_INPUT'],
    ['a sequence that is still to come', admin, { after: 2 }, 'BAD_USER_INPUT'],
    ['its seller, as long as it is not paid', viewer('potter', 'SELLER'), {}, 'NOT_FOUND'],
    ['an empty token', admin, { token: '' }, 'BAD_USER_INPUT'],
  ])('is refused for %s', async (_, who, changed, code) => {
    const { orderId } = await orders.place({ mug: 1 });
    const result = (await open(who, { id: orderId, ...changed })) as ExecutionResult;
    expect(result.errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
  });
});
