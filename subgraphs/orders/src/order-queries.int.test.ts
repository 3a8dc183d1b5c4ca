import { paymentDeclined, stockReserved } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserId } from './application/ports.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { actor, createTestOrders, placement, type TestOrders, variant, viewer } from './test-orders.ts';

let orders: TestOrders;
let schema: GraphQLSchema;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  schema = await createSchema();
  await orders.sell(
    variant('mug', { sellerId: 'potter', minor: 850n }),
    variant('tea', { sellerId: 'grocer', minor: 335n }),
  );
});
afterAll(() => orders.stop());

const ask = async (
  who: ReturnType<typeof viewer>,
  source: string,
  variableValues: Record<string, unknown> = {},
) => {
  const contextValue = createContext(orders.app, who);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  const refused = errors?.map(({ extensions }) => [extensions.code, extensions.field].filter(Boolean));
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect
  return { data: data as any, refused };
};

type Listed = { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
const idsOf = ({ edges }: Listed): string[] => edges.map(({ node }) => node.id);

const page =
  'edges { cursor node { id number total { amount } lines { title } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const ofUser = `query ($of: [_Any!]!, $first: Int, $after: String, $filter: OrderFilter, $sort: OrderSort) {
  _entities(representations: $of) { ... on User { orders(first: $first, after: $after, filter: $filter, sort: $sort) { ${page} } } }
}`;
const ofSeller = `query ($of: [_Any!]!, $first: Int, $after: String, $filter: SellerOrderFilter, $sort: OrderSort) {
  _entities(representations: $of) { ... on Seller { orders(first: $first, after: $after, filter: $filter, sort: $sort) { ${page} } } }
}`;
const ofAll = `query ($first: Int, $after: String, $filter: OrderSearch, $sort: OrderSort) {
  orders(first: $first, after: $after, filter: $filter, sort: $sort) { ${page} }
}`;

const placeFor = async (buyerId: UserId, quantities: Record<string, number>) => {
  const lines = Object.entries(quantities).map(([id, quantity]) => ({
    variantId: asId<'Variant'>(id),
    quantity,
  }));
  await orders.app.addToCart(buyerId, lines);
  const outcome = await orders.app.placeOrder(buyerId, placement());
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.orderId;
};

const placedAtOf = async (id: string) =>
  (await orders.prisma.order.findUniqueOrThrow({ where: { id } })).placedAt.toISOString();

describe('what somebody bought', () => {
  const ada = asId<'User'>('ada');
  const of = [{ __typename: 'User', id: 'ada' }];
  /** Oldest first. */
  const placed: string[] = [];
  const list = async (variables = {}, who = viewer('ada')) => {
    const { data, refused } = await ask(who, ofUser, { of, ...variables });
    return { orders: data?._entities[0]?.orders as Listed, refused };
  };

  beforeAll(async () => {
    for (const quantities of [{ mug: 1 }, { tea: 1 }, { mug: 1, tea: 1 }, { mug: 2 }])
      placed.push(await placeFor(ada, quantities));
    await orders.app.cancelOrder(actor('ada'), asId(placed[1] as string), null);
  });

  it('is listed from either end, page by page, with nothing left out or shown twice', async () => {
    for (const sort of ['NEWEST', 'OLDEST'] as const) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { orders: found }: { orders: Listed } = await list({ sort, first: 3, after, filter: {} });
        seen.push(...idsOf(found));
        after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
      } while (after);
      expect(seen).toEqual(sort === 'OLDEST' ? placed : placed.toReversed());
    }
  });

  it('goes on where it was when something was ordered meanwhile', async () => {
    const buyer = { of: [{ __typename: 'User', id: 'grace' }], first: 2 };
    const older: string[] = [];
    for (let nth = 0; nth < 4; nth += 1) older.unshift(await placeFor(asId('grace'), { mug: 1 }));
    const first = (await list(buyer, viewer('grace'))).orders;
    await placeFor(asId('grace'), { tea: 2 });
    const after = first.pageInfo.endCursor;
    const next = (await list({ ...buyer, after }, viewer('grace'))).orders;
    expect([...idsOf(first), ...idsOf(next)]).toEqual(older);
    expect(next.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('is filtered by status, by time, and by what is in it', async () => {
    const found = async (filter: object) => idsOf((await list({ filter, sort: 'OLDEST' })).orders);
    const [first = '', second = '', third = '', fourth = ''] = placed;
    expect(await found({ status: ['CANCELLED'] })).toEqual([second]);
    expect(await found({ status: ['PENDING', 'CANCELLED', 'PENDING'] })).toEqual(placed);
    expect(await found({ status: ['FAILED'] })).toEqual([]);
    const [from, until] = [await placedAtOf(second), await placedAtOf(fourth)];
    expect(await found({ placedFrom: from, placedUntil: until })).toEqual([second, third]);
    expect(
      await found({ placedFrom: '0001-01-01T00:00:00Z', placedUntil: '9999-12-31T00:00:00Z' }),
    ).toEqual(placed);
    expect(await found({ text: ' TEA ' })).toEqual([second, third]);
    expect(await found({ text: 'a mug', status: ['PENDING'] })).toEqual([first, third, fourth]);
    expect(await found({ text: 'mug tea' })).toEqual([]);
    expect(await found({ text: '%' })).toEqual([]);
    const { number } = await orders.prisma.order.findUniqueOrThrow({ where: { id: third } });
    expect(await found({ text: number.toLowerCase().replaceAll('-', ' ') })).toEqual([third]);
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: 101, filter: {} }, 'first'],
    [{ after: 'x' }, 'after'],
    [{ after: 'x', sort: 'OLDEST' }, 'after'],
    [{ filter: { status: [] } }, 'filter.status'],
    [{ filter: { text: ' ' } }, 'filter.text'],
    [
      { filter: { placedFrom: '2026-02-01T00:00:00Z', placedUntil: '2026-01-01T00:00:00Z' } },
      'filter.placedFrom',
    ],
  ])('refuses %j by its field', async (variables, field) => {
    expect((await list(variables)).refused).toEqual([['BAD_USER_INPUT', field]]);
  });

  it('is null for others, whatever they ask for', async () => {
    expect((await list({ filter: { status: ['PENDING'] } }, viewer('eve', 'SELLER'))).orders).toBeNull();
  });
});

describe('what a seller is to send', () => {
  const of = [{ __typename: 'Seller', id: 'potter' }];
  const list = async (variables = {}, who = viewer('potter', 'SELLER')) => {
    const { data, refused } = await ask(who, ofSeller, { of, ...variables });
    return { orders: data?._entities[0]?.orders, refused };
  };

  it('is listed as far as it is theirs', async () => {
    const { orderId: both } = await orders.placePaid({ mug: 1, tea: 3 });
    const { orderId: onlyTea } = await orders.placePaid({ tea: 1 });
    const { orders: found } = await list();
    expect(found.edges[0].node).toMatchObject({
      id: both,
      total: { amount: '8.50' },
      lines: [{ title: 'A mug' }],
    });
    expect(idsOf(found)).not.toContain(onlyTea);
    expect(idsOf((await list({ sort: 'OLDEST' })).orders)).toEqual(idsOf(found).toReversed());
  });

  it('is what was paid, whatever became of it, and nothing before or without', async () => {
    const waits = await orders.place({ mug: 1 });
    const declined = await orders.place({ mug: 1 });
    await orders.hear(stockReserved, { orderId: declined.orderId });
    const at = { orderId: declined.orderId, paymentId: orders.paymentOf(declined.orderId) };
    await orders.hear(paymentDeclined, { ...at, reason: 'CARD_DECLINED' });
    const calledOff = await orders.placePaid({ mug: 1 });
    await orders.app.cancelOrder(actor(calledOff.buyerId), calledOff.orderId, null);
    for (const [{ orderId }, isSeen] of [
      [waits, false],
      [declined, false],
      [calledOff, true],
    ] as const) {
      const { placedAt, status } = await orders.prisma.order.findUniqueOrThrow({ where: { id: orderId } });
      const { shipmentStatus } = { shipmentStatus: status === 'PENDING' ? ['PENDING'] : ['CANCELLED'] };
      for (const filter of [{}, { shipmentStatus }, { placedFrom: placedAt.toISOString() }])
        expect([status, idsOf((await list({ filter })).orders).includes(orderId)]).toEqual([
          status,
          isSeen,
        ]);
      const source =
        'query ($id: ID!, $at: DateTime) { order(id: $id, asOf: $at) { shippingAddress { name } } }';
      for (const at of [null, new Date().toISOString()]) {
        const { data } = await ask(viewer('potter', 'SELLER'), source, { id: orderId, at });
        expect(data.order).toEqual(isSeen ? { shippingAddress: { name: 'Ada Lovelace' } } : null);
      }
      expect((await ask(viewer('admin', 'ADMIN'), source, { id: orderId })).data.order).not.toBeNull();
    }
  });

  it('is filtered by the status of their own shipment, by time and by number', async () => {
    const { orderId } = await orders.placePaid({ mug: 1, tea: 1 });
    const [own] = (await orders.shipmentsOf(orderId)).filter(({ sellerId }) => sellerId === 'potter');
    const parcel = { shipmentId: asId<'Shipment'>(own?.id ?? ''), carrier: 'DHL', trackingNumber: '1234' };
    await orders.app.shipShipment(actor('potter'), parcel);
    const found = async (filter: object, who?: ReturnType<typeof viewer>) =>
      idsOf((await list({ filter }, who)).orders);
    expect(await found({ shipmentStatus: ['SHIPPED'] })).toEqual([orderId]);
    expect(await found({ shipmentStatus: ['PENDING'] })).not.toContain(orderId);
    const { number } = await orders.prisma.order.findUniqueOrThrow({ where: { id: orderId } });
    expect(await found({ number: number.slice(0, 9).toLowerCase() })).toEqual([orderId]);
    expect(await found({ placedFrom: await placedAtOf(orderId), shipmentStatus: ['SHIPPED'] })).toEqual([
      orderId,
    ]);
    expect(await found({ placedUntil: await placedAtOf(orderId), shipmentStatus: ['SHIPPED'] })).toEqual(
      [],
    );
    const grocer = {
      of: [{ __typename: 'Seller', id: 'grocer' }],
      filter: { shipmentStatus: ['SHIPPED'] },
    };
    expect(idsOf((await list(grocer, viewer('grocer', 'SELLER'))).orders)).toEqual([]);
  });

  it('is theirs and an administrator’s alone', async () => {
    await orders.placePaid({ mug: 1 });
    expect((await list({}, viewer('admin', 'ADMIN'))).orders.edges.length).toBeGreaterThan(0);
    for (const who of [viewer('grocer', 'SELLER'), viewer('eve'), viewer(null), viewer('sue', 'SUPPORT')])
      expect((await list({}, who)).orders).toBeNull();
  });

  it.each([
    [{ filter: { number: 'U!' } }, 'filter.number'],
    [{ filter: { shipmentStatus: [] } }, 'filter.shipmentStatus'],
    [{ after: 'x' }, 'after'],
  ])('refuses %j by its field', async (variables, field) => {
    expect((await list(variables)).refused).toEqual([['BAD_USER_INPUT', field]]);
  });
});

describe('all orders', () => {
  const admin = viewer('admin', 'ADMIN');
  const found = async (filter: object, who = admin) => {
    const { data, refused } = await ask(who, ofAll, { filter });
    return refused ?? idsOf(data.orders);
  };

  it('are found by number, buyer, seller, variant, status, time and total', async () => {
    const { orderId, buyerId } = await orders.placePaid({ mug: 7, tea: 2 });
    const { number, placedAt } = await orders.prisma.order.findUniqueOrThrow({ where: { id: orderId } });
    const gbp = (amount: string) => ({ amount, currency: 'GBP' });
    const placedFrom = placedAt.toISOString();
    const matching = [
      { number },
      { number: number.slice(0, 9).toLowerCase() },
      { buyerId },
      { buyerId, sellerId: 'potter', variantId: 'tea', status: ['CONFIRMED'] },
      { totalFrom: gbp('66.20'), totalTo: gbp('66.20') },
      { variantId: 'mug', placedFrom },
      { variantId: 'mug', buyerId, status: ['CONFIRMED'] },
      { sellerId: 'grocer', placedFrom, totalFrom: gbp('66.20') },
      { status: ['CONFIRMED'], buyerId },
    ];
    for (const filter of matching) expect([filter, await found(filter)]).toEqual([filter, [orderId]]);
    const others = [
      { number, buyerId: 'ada' },
      { buyerId, sellerId: 'nobody' },
      { buyerId, variantId: 'gold' },
      { buyerId, status: ['PENDING'] },
      { buyerId, placedUntil: placedFrom },
      { buyerId, totalTo: gbp('66.19') },
      { buyerId, totalFrom: { amount: '1', currency: 'EUR' } },
    ];
    for (const filter of others) expect([filter, await found(filter)]).toEqual([filter, []]);
    expect(await found({ number }, viewer('sue', 'SUPPORT'))).toEqual([orderId]);
  });

  it.each([
    ['nobody', viewer(null), 'UNAUTHENTICATED'],
    ['a buyer', viewer('ada'), 'FORBIDDEN'],
    ['a seller', viewer('potter', 'SELLER'), 'FORBIDDEN'],
  ])('are not for %s', async (_who, who, code) => expect(await found({}, who)).toEqual([[code]]));

  it.each([
    [{ number: '' }, 'filter.number'],
    [{ buyerId: '' }, 'filter.buyerId'],
    [{ sellerId: ' ' }, 'filter.sellerId'],
    [{ variantId: '' }, 'filter.variantId'],
    [{ placedFrom: '9999-12-31T23:59:59-14:00' }, undefined],
    [
      { totalFrom: { amount: '2', currency: 'GBP' }, totalTo: { amount: '1', currency: 'GBP' } },
      'filter.totalFrom',
    ],
    [
      { totalFrom: { amount: '2', currency: 'GBP' }, totalTo: { amount: '3', currency: 'EUR' } },
      'filter.totalTo',
    ],
    [{ totalTo: { amount: '2.001', currency: 'GBP' } }, 'filter.totalTo'],
  ])('refuse %j by its field', async (filter, field) =>
    expect(await found(filter)).toEqual([['BAD_USER_INPUT', field].filter(Boolean)]),
  );
});

describe('a cursor', () => {
  const of = [
    { __typename: 'User', id: 'cursor' },
    { __typename: 'Seller', id: 'cursor' },
  ];
  const source = `query ($of: [_Any!]!, $bought: String, $sold: String, $sort: OrderSort) { _entities(representations: $of) {
    ... on User { orders(first: 1, after: $bought, sort: $sort) { pageInfo { endCursor } } }
    ... on Seller { orders(first: 1, after: $sold, sort: $sort) { pageInfo { endCursor } } } } }`;
  const cursorsFor = async (variables: object) => {
    const { data, refused } = await ask(viewer('cursor', 'SELLER'), source, { of, ...variables });
    return {
      cursors: data?._entities.map((each: { orders: Listed } | null) => each?.orders?.pageInfo.endCursor),
      refused,
    };
  };

  it('is good for its own list in its own order', async () => {
    await orders.sell(variant('cursor', { sellerId: 'cursor' }));
    await orders.placePaid({ cursor: 1 });
    await placeFor(asId('cursor'), { mug: 1 });
    const { cursors } = await cursorsFor({ sort: 'NEWEST' });
    const [bought, sold] = cursors;
    expect((await cursorsFor({ sort: 'NEWEST', bought, sold })).refused).toBeUndefined();
    const { cursors: oldest } = await cursorsFor({ sort: 'OLDEST' });
    expect(
      (await cursorsFor({ sort: 'OLDEST', bought: oldest[0], sold: oldest[1] })).refused,
    ).toBeUndefined();
    const wrong = [
      { sort: 'OLDEST', bought },
      { sort: 'NEWEST', bought: oldest[0] },
      { sort: 'NEWEST', bought: sold },
      { sort: 'NEWEST', sold: bought },
      { sort: 'NEWEST', bought: Buffer.from('["zzz"]').toString('base64url') },
      { sort: 'NEWEST', bought: Buffer.from('["User.orders NEWEST","zzz"]').toString('base64url') },
    ];
    for (const variables of wrong)
      expect([variables, (await cursorsFor(variables)).refused]).toEqual([
        variables,
        [['BAD_USER_INPUT', 'after']],
      ]);
  });
});

describe('an order’s number', () => {
  const byNumber = async (who: ReturnType<typeof viewer>, number: string) =>
    ask(who, 'query ($number: String!) { orderByNumber(number: $number) { id total { amount } } }', {
      number,
    });

  it('finds it as `order` does, however it is written, and nobody else learns that it is there', async () => {
    const { orderId, buyerId } = await orders.placePaid({ mug: 1, tea: 1 });
    const { number } = await orders.prisma.order.findUniqueOrThrow({ where: { id: orderId } });
    const spoken = number.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    const whole = { id: orderId, total: { amount: '11.85' } };
    expect((await byNumber(viewer(buyerId), spoken)).data.orderByNumber).toEqual(whole);
    expect((await byNumber(viewer('admin', 'ADMIN'), number)).data.orderByNumber).toEqual(whole);
    expect((await byNumber(viewer('potter', 'SELLER'), number)).data.orderByNumber).toEqual({
      ...{ id: orderId, total: { amount: '8.50' } },
    });
    const nothing = { data: { orderByNumber: null }, refused: undefined };
    expect(await byNumber(viewer('eve', 'SELLER'), number)).toEqual(nothing);
    expect(await byNumber(viewer('eve'), 'E7K3-9Q2M-4TXB')).toEqual(nothing);
    expect(await byNumber(viewer('eve'), 'no number at all')).toEqual(nothing);
    expect(await byNumber(viewer(buyerId), number.slice(0, 9))).toEqual(nothing);
    expect((await byNumber(viewer(null), number)).refused).toEqual([['UNAUTHENTICATED']]);
  });
});
