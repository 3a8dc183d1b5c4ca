import { backorderFilled, paymentCaptured, paymentRefunded, stockReserved } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { readDatabaseTime } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderId } from './application/ports.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { actor, createTestOrders, onceOnly, type TestOrders, variant, viewer } from './test-orders.ts';

let orders: TestOrders;
let schema: GraphQLSchema;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'), {
    ...onceOnly,
    RESERVE: { ...onceOnly.RESERVE, retries: 1 },
  });
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
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect
  return { data: data as any, codes: errors?.map(({ extensions }) => extensions.code) };
};

const admin = viewer('admin', 'ADMIN');
const grocer = viewer('grocer', 'SELLER');
const parcel = { carrier: 'Royal Mail', trackingNumber: 'RM-1234' };
const mug = asId<'Variant'>('mug');

const late = async (orderId: OrderId) => {
  await orders.published(orderId, 100);
  await orders.timeOut({
    moved: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
};

describe('a timeline', () => {
  const source = `query ($id: ID!) { order(id: $id) { timeline {
    sequence type actor user { id } reason detail step attempt shipmentId amount { amount } causationId correlationId } } }`;
  const timelineFor = async (who: ReturnType<typeof viewer>, id: OrderId) =>
    (await ask(who, source, { id })).data.order.timeline;

  it('says who did what, in which role, why and after what', async () => {
    const { orderId, buyerId, total } = await orders.place({ mug: 3, tea: 1 });
    await late(orderId);
    await orders.hear(stockReserved, { orderId, backordered: [{ variantId: mug, quantity: 2 }] });
    await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
    await orders.hear(backorderFilled, { orderId, lines: [{ variantId: mug, waiting: 0 }] });
    const [pots, food] = await orders.shipmentsOf(orderId);
    await orders.app.shipShipment(actor('potter'), { shipmentId: asId(pots?.id ?? ''), ...parcel });
    await orders.app.shipShipment(
      { id: asId('admin'), isAdmin: true },
      { shipmentId: asId(food?.id ?? ''), ...parcel },
    );
    await orders.app.confirmDelivery(actor(buyerId), asId(food?.id ?? ''));

    const buyer = { actor: 'BUYER', user: { id: buyerId }, causationId: null, correlationId: orderId };
    const message = { actor: 'SYSTEM', user: null, causationId: expect.any(String) };
    expect(await timelineFor(viewer(buyerId), orderId)).toMatchObject([
      { type: 'Placed', ...buyer },
      { type: 'AskedAgain', actor: 'SYSTEM', step: 'RESERVE', attempt: 2, causationId: null },
      { type: 'StockReserved', ...message, step: 'RESERVE', detail: 'Still to come: 2 × A mug' },
      { type: 'Confirmed', ...message, step: 'PAY' },
      { type: 'BackorderFilled', ...message, detail: 'All has come.' },
      { type: 'ShipmentShipped', actor: 'SELLER', user: null, detail: 'Royal Mail RM-1234' },
      { type: 'ShipmentShipped', actor: 'ADMIN', user: null, shipmentId: food?.id },
      { type: 'ShipmentDelivered', ...buyer, shipmentId: food?.id },
    ]);
    const [sent, sentForThem] = (await timelineFor(admin, orderId)).slice(5);
    expect(sent).toMatchObject({ actor: 'SELLER', user: { id: 'potter' } });
    expect(sentForThem).toMatchObject({ actor: 'ADMIN', user: { id: 'admin' } });
    expect(await timelineFor(grocer, orderId)).toMatchObject([
      { sequence: 1, type: 'Placed' },
      { sequence: 2, type: 'AskedAgain' },
      { sequence: 3, type: 'StockReserved', detail: null },
      { sequence: 4, type: 'Confirmed' },
      { sequence: 7, type: 'ShipmentShipped', actor: 'ADMIN', user: null },
      { sequence: 8, type: 'ShipmentDelivered' },
    ]);
  });

  it('shows why an order was called off, and what went back, to its buyer and not to sellers', async () => {
    const { orderId, buyerId, total } = await orders.placePaid({ mug: 1, tea: 1 });
    await orders.app.cancelOrder(actor(buyerId), orderId, 'It is not for me');
    await orders.hear(paymentRefunded, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
    const [cancelled, refunded] = (await timelineFor(viewer(buyerId), orderId)).slice(-2);
    expect(cancelled).toMatchObject({
      ...{ type: 'Cancelled', actor: 'BUYER', reason: 'It is not for me' },
      ...{ detail: '1 × A mug, 1 × A tea', amount: { amount: '11.85' } },
    });
    expect(refunded).toMatchObject({ type: 'Refunded', step: 'REFUND', amount: { amount: '11.85' } });
    expect((await timelineFor(grocer, orderId)).slice(-1)).toMatchObject([
      {
        ...{ type: 'Cancelled', actor: 'BUYER', reason: null },
        ...{ detail: '1 × A tea', amount: { amount: '3.35' } },
      },
    ]);
  });

  it('shows a seller what went back where the whole order is theirs, and never what is another’s', async () => {
    const { orderId, total } = await orders.placePaid({ tea: 1 });
    await orders.app.cancelShipment(
      actor('grocer'),
      asId((await orders.shipmentsOf(orderId))[0]?.id ?? ''),
      null,
    );
    await orders.hear(paymentRefunded, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
    expect((await timelineFor(grocer, orderId)).slice(-3)).toMatchObject([
      { type: 'LinesCancelled', actor: 'SELLER', amount: { amount: '3.35' } },
      { type: 'Cancelled', actor: 'SELLER', amount: null },
      { type: 'Refunded', amount: { amount: '3.35' } },
    ]);
    const shared = await orders.placePaid({ mug: 2, tea: 1 });
    const off = { variantId: mug, quantity: 1 };
    await orders.app.cancelLine(actor(shared.buyerId), shared.orderId, off, null);
    await orders.hear(paymentRefunded, {
      ...{ orderId: shared.orderId, paymentId: orders.paymentOf(shared.orderId) },
      amount: { minor: 850n, currency: 'GBP' },
    });
    expect((await timelineFor(grocer, shared.orderId)).map(({ type }: { type: string }) => type)).toEqual([
      ...['Placed', 'StockReserved', 'Confirmed'],
    ]);
  });

  it('shows time-outs and answers that came too late', async () => {
    const { orderId, buyerId } = await orders.place({ mug: 1 });
    await late(orderId);
    await late(orderId);
    await orders.hear(stockReserved, { orderId });
    expect((await timelineFor(viewer(buyerId), orderId)).slice(1)).toMatchObject([
      { type: 'AskedAgain', attempt: 2 },
      { type: 'Failed', actor: 'SYSTEM', reason: 'RESERVATION_TIMED_OUT', step: 'RESERVE' },
      { type: 'ReservationCameLate', step: 'RESERVE', detail: expect.stringMatching(/ended already/) },
    ]);
  });
});

describe('an order as it was', () => {
  const source = `query ($id: ID!, $asOf: DateTime) { order(id: $id, asOf: $asOf) {
    status number total { amount } failureReason placedAt lines { title backordered total { amount } }
    shipments { status carrier lines { title backordered } } timeline { type } } }`;
  const asOf = async (who: ReturnType<typeof viewer>, id: OrderId, at: string | null) =>
    (await ask(who, source, { id, asOf: at })).data.order;

  it('is what its events made of it until then, and not there before it was placed', async () => {
    const before = await readDatabaseTime(orders.prisma);
    const { orderId, buyerId, total } = await orders.place({ mug: 3, tea: 1 });
    const who = viewer(buyerId);
    const seen = [await asOf(who, orderId, null)];
    const moments: string[] = [await readDatabaseTime(orders.prisma)];
    const then = async (move: () => Promise<unknown>) => {
      await move();
      seen.push(await asOf(who, orderId, null));
      moments.push(await readDatabaseTime(orders.prisma));
    };
    await then(() =>
      orders.hear(stockReserved, { orderId, backordered: [{ variantId: mug, quantity: 2 }] }),
    );
    await then(() =>
      orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total }),
    );
    await then(() => orders.hear(backorderFilled, { orderId, lines: [{ variantId: mug, waiting: 0 }] }));
    const [pots] = await orders.shipmentsOf(orderId);
    await then(() =>
      orders.app.shipShipment(actor('potter'), { shipmentId: asId(pots?.id ?? ''), ...parcel }),
    );
    for (const [index, moment] of moments.entries()) {
      expect(await asOf(who, orderId, moment)).toEqual(seen[index]);
    }
    expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(5);
    expect(await asOf(who, orderId, before)).toBeNull();
    expect(await asOf(who, orderId, '2999-01-01T00:00:00Z')).toEqual(seen.at(-1));
    expect(await asOf(who, orderId, '9999-12-31T23:59:59.999Z')).toEqual(seen.at(-1));
    const beyond = { id: orderId, asOf: '9999-12-31T23:59:59-14:00' };
    expect((await ask(who, source, beyond)).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('knows why it had failed', async () => {
    const { orderId, buyerId } = await orders.place({ mug: 1 });
    await late(orderId);
    await late(orderId);
    const now = await readDatabaseTime(orders.prisma);
    expect(await asOf(viewer(buyerId), orderId, now)).toEqual(await asOf(viewer(buyerId), orderId, null));
  });

  it('is each seller’s in their part, an administrator’s, and nobody else’s', async () => {
    const { orderId } = await orders.placePaid({ mug: 2, tea: 1 });
    const now = await readDatabaseTime(orders.prisma);
    for (const who of [grocer, admin]) {
      expect(await asOf(who, orderId, now)).toEqual(await asOf(who, orderId, null));
    }
    expect(await asOf(grocer, orderId, now)).toMatchObject({
      total: { amount: '3.35' },
      lines: [{ title: 'A tea' }],
      shipments: [{ lines: [{ title: 'A tea' }] }],
    });
    expect(await asOf(viewer('stranger', 'SELLER'), orderId, now)).toBeNull();
    expect((await ask(viewer(null), source, { id: orderId, asOf: now })).codes).toEqual([
      'UNAUTHENTICATED',
    ]);
  });
});

describe('purchases', () => {
  const source = `query ($filter: PurchaseFilter, $first: Int, $after: String) {
    purchases(filter: $filter, first: $first, after: $after) {
      edges { node { orderId number status step ageSeconds attempts deadline parkedAt parkedReason } }
      pageInfo { hasNextPage endCursor }
    } }`;
  type Page = {
    edges: { node: { orderId: string } }[];
    pageInfo: { endCursor: string; hasNextPage: boolean };
  };
  const list = async (variables: Record<string, unknown> = {}): Promise<Page> =>
    (await ask(admin, source, variables)).data.purchases;

  it('that wait are listed for administrators, and for nobody else', async () => {
    const [fresh, parked] = [await orders.place({ mug: 1 }), await orders.placePaid({ mug: 1 })];
    await orders.app.cancelOrder(actor(parked.buyerId), parked.orderId, null);
    await late(parked.orderId);
    const nodes = (await list({ first: 100 })).edges.map(({ node }) => node);
    expect(nodes.find(({ orderId }) => orderId === fresh.orderId)).toMatchObject({
      status: 'PENDING',
      step: 'RESERVE',
      attempts: 1,
      ageSeconds: expect.any(Number),
      deadline: null,
      parkedAt: null,
    });
    const { edges } = await list({ filter: { parked: true, step: 'REFUND' } });
    expect(edges).toMatchObject([
      {
        node: {
          orderId: parked.orderId,
          status: 'CANCELLED',
          parkedReason: expect.stringMatching(/Nobody/),
        },
      },
    ]);
    expect((await list({ filter: { olderThanSeconds: 3600 } })).edges).toEqual([]);
    await orders.published(fresh.orderId, 5);
    const [waiting] = (await list({ filter: { parked: false } })).edges.filter(
      ({ node }) => node.orderId === fresh.orderId,
    );
    expect(waiting).toMatchObject({ node: { deadline: expect.any(String) } });
    for (const who of [viewer('support', 'SUPPORT'), grocer, viewer(fresh.buyerId)]) {
      expect((await ask(who, source)).codes).toEqual(['FORBIDDEN']);
    }
    expect((await ask(admin, source, { filter: { olderThanSeconds: -1 } })).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  it('are read page by page, oldest first', async () => {
    const placed = [await orders.place({ mug: 1 }), await orders.place({ mug: 1 })];
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Page = await list({ first: 1, after });
      seen.push(...page.edges.map(({ node }) => node.orderId));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(seen.slice(-2)).toEqual(placed.map(({ orderId }) => orderId));
    expect(new Set(seen).size).toBe(seen.length);
  });
});
