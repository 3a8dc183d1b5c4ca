import {
  orderConfirmed,
  orderDelivered,
  orderPlaced,
  paymentCaptured,
  paymentDeclined,
  paymentReleased,
  paymentRequested,
  stockRejected,
  stockReserved,
  variantsChanged,
} from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import {
  ack,
  appendToOutbox,
  type Heard,
  type Messaging,
  type OutgoingMessage,
  outgoing,
  type Sql,
  type Subscriber,
  startMessaging,
  subscriber,
} from '@emporium/messaging';
import { createLogger, postgresAdapter } from '@emporium/subgraph';
import { eventually, type TestDatabase, type TestNats, testDatabase, testNats } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './application/app.ts';
import type { OrderId } from './application/ports.ts';
import { subscribers } from './application/subscribers.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { createOrderFeed } from './infrastructure/order-feed.ts';
import { orderNews } from './infrastructure/order-news.ts';
import { createOrderReads } from './infrastructure/order-reads.ts';
import { createReceivedFeed, createSellerWakes } from './infrastructure/received-orders.ts';
import { createTransact } from './infrastructure/transact.ts';
import { createWakes } from './infrastructure/wakes.ts';
import {
  actor,
  createTestOrders,
  onceOnly,
  placement,
  sealForTests,
  type TestOrders,
  variant,
} from './test-orders.ts';

const logger = createLogger('orders', 'silent');
const at = asInstant('2026-01-02T03:04:05.678Z');
const aboutOrder = (orderId: string) => ({ aggregateId: orderId, correlationId: orderId, occurredAt: at });

let database: TestDatabase;
let nats: TestNats;
let orders: TestOrders;
let messaging: Messaging;
const endings: (() => unknown)[] = [];

/** Another subgraph: its own outbox, inbox and relay in its own schema, and these handlers. */
const startOther = async (owner: 'inventory' | 'payments' | 'products', heard: Subscriber<Sql>[]) => {
  const prisma = new PrismaClient({ adapter: postgresAdapter(database.adminUrl, owner) });
  for (const table of ['outbox', 'inbox', 'parked_messages']) {
    await prisma.$executeRawUnsafe(`CREATE TABLE ${owner}.${table} (LIKE orders.${table} INCLUDING ALL)`);
  }
  const other = await startMessaging<Sql>({
    owner,
    natsUrl: nats.urls[owner],
    databaseUrl: database.adminUrl,
    transact: (work) => prisma.$transaction((tx) => work(tx, tx)),
    subscribers: heard,
    logger,
    outboxPollMs: 100,
  });
  endings.unshift(async () => {
    await other.stop();
    await prisma.$disconnect();
  });
  return async (message: OutgoingMessage) => {
    await appendToOutbox(prisma, [message]);
    other.wake();
  };
};

/** Has stock of everything but gold. */
const inventory = [
  subscriber(orderPlaced, async (sql: Sql, { payload: { orderId, lines } }) => {
    const answer = lines.some(({ variantId }) => variantId === 'gold')
      ? outgoing(stockRejected, { orderId, shortages: [] }, aboutOrder(orderId))
      : outgoing(stockReserved, { orderId }, aboutOrder(orderId));
    await appendToOutbox(sql, [answer]);
    return ack;
  }),
];

/** Takes every card but `tok_declined`, and pays sellers when the buyer has the shipment. */
const payments = [
  subscriber(paymentRequested, async (sql: Sql, { payload: { orderId, total, sealedToken } }) => {
    const paymentId = asId<'Payment'>(`payment of ${orderId}`);
    const answer =
      sealedToken === (await sealForTests('tok_declined', orderId))
        ? outgoing(paymentDeclined, { orderId, paymentId, reason: 'CARD_DECLINED' }, aboutOrder(orderId))
        : outgoing(paymentCaptured, { orderId, paymentId, amount: total }, aboutOrder(orderId));
    await appendToOutbox(sql, [answer]);
    return ack;
  }),
  subscriber(orderDelivered, async (sql: Sql, { payload: { orderId, shipmentId } }) => {
    const amount = { minor: 1n, currency: 'GBP' };
    await appendToOutbox(sql, [
      outgoing(paymentReleased, { orderId, shipmentId, amount }, aboutOrder(orderId)),
    ]);
    return ack;
  }),
];

beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase('orders'), testNats()]);
  orders = createTestOrders(database);
  endings.push(orders.stop, () => nats.stop());
  messaging = await startMessaging({
    owner: 'orders',
    natsUrl: nats.urls.orders,
    databaseUrl: database.url,
    transact: createTransact(orders.prisma, onceOnly, () => messaging.wake(), sealForTests),
    subscribers,
    logger,
    outboxPollMs: 100,
  });
  endings.unshift(() => messaging.stop());
  await startOther('inventory', inventory);
  await startOther('payments', payments);
  const tell = await startOther('products', []);
  const variants = [
    variant('mug', { sellerId: 'potter' }),
    variant('tea', { sellerId: 'grocer' }),
    variant('gold'),
  ];
  await tell(outgoing(variantsChanged, { variants }, { aggregateId: 'catalogue', occurredAt: at }));
  await eventually(async () => (await orders.prisma.catalogVariant.count()) === 3);
});
afterAll(async () => {
  for (const end of endings) await end();
});

/** Another replica: it commits nothing itself, and is woken by the broker alone. */
const createReplica = () => {
  const wakes = createWakes();
  const stopOwn = orderNews.map((event) => messaging.subscribe(event, wakes.heard));
  const stopReleases = messaging.subscribe(paymentReleased, wakes.heard);
  endings.unshift(wakes.stop, ...stopOwn, stopReleases);
  const failed = (error: unknown) => {
    throw error;
  };
  const sellerWakes = createSellerWakes(orders.keyed, failed);
  const hear = (message: Heard) => void sellerWakes.heard(message);
  endings.unshift(messaging.subscribe(orderConfirmed, hear));
  const reads = createOrderReads(orders.prisma, orders.keyed);
  const feed = createOrderFeed(orders.keyed, wakes, failed);
  const received = createReceivedFeed(orders.keyed, sellerWakes, failed);
  const transact = createTransact(orders.prisma, onceOnly, () => messaging.wake(), sealForTests);
  return createApp({ ...orders.world, transact, reads, feed, received });
};

const statusIs = (orderId: OrderId, status: string) =>
  eventually(async () => expect(await orders.audit(orderId)).toMatchObject({ status }));

describe('over a real broker', () => {
  it('a purchase runs to its end while a follower on another replica watches', async () => {
    const app = createReplica();
    const { orderId, buyerId } = await orders.place({ mug: 1, tea: 2 });
    const seen: string[] = [];
    const watching = (async () => {
      const following = await app.followOrder(orderId, { id: buyerId, readsAll: false }, 0);
      if (!following.ok) throw new Error(following.refusal);
      for await (const item of following.changes) {
        seen.push(item.readable ? item.status : 'not readable');
      }
    })();
    messaging.wake();
    await statusIs(orderId, 'CONFIRMED');
    for (const { id, sellerId } of await orders.shipmentsOf(orderId)) {
      const shipmentId = asId<'Shipment'>(id);
      await app.shipShipment(actor(sellerId), { shipmentId, carrier: 'DHL', trackingNumber: '1234' });
      await app.confirmDelivery(actor(buyerId), shipmentId);
    }
    await watching;
    expect(seen.slice(0, 3)).toEqual(['PENDING', 'RESERVED', 'CONFIRMED']);
    expect(seen.at(-1)).toBe('COMPLETED');
    const audit = await orders.audit(orderId);
    expect(audit?.history).toEqual(seen);
    await eventually(async () => {
      const unpublished = await orders.prisma.outboxMessage.count({ where: { publishedAt: null } });
      expect(unpublished).toBe(0);
    });
  });

  it('a seller who follows on another replica is told of an order once it is paid', async () => {
    const events = createReplica().followReceived(asId('grocer'), null);
    const { sequence } = (await events.next()).value;
    const next = events.next();
    const { orderId } = await orders.place({ tea: 1 });
    messaging.wake();
    expect((await next).value).toMatchObject({ sequence: sequence + 1, orderId });
    await events.return?.();
  });

  it.each([
    ['declined', { mug: 1 }, 'tok_declined', ['PENDING', 'RESERVED', 'FAILED']],
    ['out of stock', { gold: 1 }, 'tok_ok', ['PENDING', 'FAILED']],
  ])('a purchase that is %s fails and fills the cart again', async (_, quantities, token, history) => {
    const input = placement({ payment: { method: 'CARD', token, paymentMethodId: null } });
    const { orderId, buyerId } = await orders.place(quantities, input);
    messaging.wake();
    await statusIs(orderId, 'FAILED');
    expect((await orders.audit(orderId))?.history).toEqual(history);
    expect(await orders.cartOf(buyerId)).toEqual(quantities);
  });

  it('every event of a purchase names its order, and what it follows from', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    messaging.wake();
    await statusIs(orderId, 'CONFIRMED');
    const rows = await orders.prisma.outboxMessage.findMany({
      where: { aggregateId: orderId },
      orderBy: { position: 'asc' },
    });
    const envelopes = rows.map(
      ({ envelope }) => envelope as { correlationId: string; causationId?: string },
    );
    expect(envelopes.map(({ correlationId }) => correlationId)).toEqual([orderId, orderId, orderId]);
    const events = await orders.prisma.orderEvent.findMany({
      where: { orderId },
      orderBy: { sequence: 'asc' },
    });
    expect(events.map(({ causationId }) => causationId)).toEqual([
      null,
      envelopes[1]?.causationId,
      envelopes[2]?.causationId,
    ]);
    expect(events[1]?.causationId).toEqual(expect.any(String));
  });
});
