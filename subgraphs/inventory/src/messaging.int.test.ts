import { orderPlaced, variantsChanged } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import {
  appendToOutbox,
  type Messaging,
  type OutgoingMessage,
  outgoing,
  startMessaging,
} from '@emporium/messaging';
import { createLogger, openKeyedReads, postgresAdapter } from '@emporium/subgraph';
import { eventually, type TestDatabase, type TestNats, testDatabase, testNats } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './application/app.ts';
import { subscribers } from './application/subscribers.ts';
import { createTransact } from './infrastructure/database.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { createReads } from './infrastructure/read-stock.ts';
import { createStockAlarms } from './infrastructure/stock-alarms.ts';
import { adjustment, createTestInventory, seller, type TestInventory, variant } from './test-inventory.ts';

const logger = createLogger('inventory', 'silent');
const about = { aggregateId: 'test', occurredAt: asInstant('2026-01-02T03:04:05.678Z') };

let database: TestDatabase;
let nats: TestNats;
let inventory: TestInventory;
let messaging: Messaging;
const endings: (() => Promise<unknown>)[] = [];

/** Somebody else's outbox and relay: a stand-in for the real subgraph, on the same database. */
const startUpstream = async (owner: 'products' | 'orders') => {
  const prisma = new PrismaClient({ adapter: postgresAdapter(database.adminUrl, owner) });
  await prisma.$executeRawUnsafe(`CREATE TABLE ${owner}.outbox (LIKE inventory.outbox INCLUDING ALL)`);
  const upstream = await startMessaging({
    owner,
    natsUrl: nats.urls[owner],
    databaseUrl: database.adminUrl,
    transact: (work) => prisma.$transaction((tx) => work({}, tx)),
    subscribers: [],
    logger,
    outboxPollMs: 100,
  });
  endings.unshift(async () => {
    await upstream.stop();
    await prisma.$disconnect();
  });
  return async (message: OutgoingMessage) => {
    await appendToOutbox(prisma, [message]);
    upstream.wake();
  };
};

beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase('inventory'), testNats()]);
  inventory = createTestInventory(database);
  endings.push(inventory.stop, () => nats.stop());
  const transact = createTransact(inventory.prisma, () => messaging.wake());
  messaging = await startMessaging({
    owner: 'inventory',
    natsUrl: nats.urls.inventory,
    databaseUrl: database.url,
    transact,
    subscribers,
    logger,
    outboxPollMs: 100,
  });
  endings.unshift(() => messaging.stop());
});
afterAll(async () => {
  for (const end of endings) await end();
});

describe('over a real broker', () => {
  it('variants are heard of, stocked, watched and reserved, each once', async () => {
    const [fromProducts, fromOrders] = [await startUpstream('products'), await startUpstream('orders')];
    const alarms = createStockAlarms(messaging.subscribe, 600_000);
    endings.unshift(async () => alarms.stop());
    const keyed = openKeyedReads(database.url, 'inventory');
    endings.unshift(keyed.close);
    const app = createApp({
      transact: createTransact(inventory.prisma, () => messaging.wake()),
      ...createReads(inventory.prisma, keyed),
      onStockChanged: alarms.onStockChanged,
      holdSeconds: 600,
    });

    await fromProducts(outgoing(variantsChanged, { variants: [variant('mug')] }, about));
    await eventually(() => inventory.levels('mug'));
    await app.adjustStock([adjustment('mug', 5)], seller);

    const feed = await app.watchStock(asId<'Variant'>('mug'), { id: null, isAdmin: false });
    await feed?.next();
    const changed = feed?.next();
    const order = {
      orderId: asId<'Order'>('order'),
      buyerId: asId<'User'>('buyer'),
      total: { minor: 100n, currency: 'GBP' },
      lines: [{ variantId: asId<'Variant'>('mug'), sellerId: asId<'User'>('seller'), quantity: 2 }],
    };
    await fromOrders(outgoing(orderPlaced, order, { ...about, aggregateId: 'order' }));
    expect(await changed).toEqual({ done: false, value: 'mug' });
    await feed?.return?.();
    // The same order as another event: what the inbox does not know, the reservation does.
    await fromOrders(outgoing(orderPlaced, order, { ...about, aggregateId: 'order' }));
    await eventually(async () => {
      expect(await inventory.prisma.inboxMessage.count()).toBe(3);
      expect(await inventory.prisma.outboxMessage.count({ where: { publishedAt: null } })).toBe(0);
    });

    expect(await inventory.levels('mug')).toEqual([3, 2, 0]);
    expect((await inventory.sent()).map(({ subject }) => subject)).toEqual([
      'emporium.inventory.stock-changed.v1',
      'emporium.inventory.availability-changed.v1',
      'emporium.inventory.reserved.v1',
      'emporium.inventory.stock-changed.v1',
    ]);
    expect(
      await inventory.auditor.$queryRaw`
      SELECT DISTINCT correlation_id FROM audit_outbox WHERE subject = 'emporium.inventory.reserved.v1'`,
    ).toEqual([{ correlation_id: 'order' }]);
  });
});
