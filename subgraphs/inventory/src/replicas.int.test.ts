/** Two replicas share what comes, and one message that cannot be handled harms no other. */
import { orderConfirmed, orderPlaced } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { appendToOutbox, type Messaging, outgoing, startMessaging } from '@emporium/messaging';
import { createLogger, postgresAdapter } from '@emporium/subgraph';
import { eventually, type TestDatabase, type TestNats, testDatabase, testNats } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subscribers } from './application/subscribers.ts';
import { createTransact } from './infrastructure/database.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { createTestInventory, seller, type TestInventory } from './test-inventory.ts';

const logger = createLogger('inventory', 'silent');

let database: TestDatabase;
let nats: TestNats;
let inventory: TestInventory;
const endings: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase('inventory'), testNats()]);
  inventory = createTestInventory(database);
  endings.push(inventory.stop, () => nats.stop());
});
afterAll(async () => {
  for (const end of endings) await end();
});

/** A stand-in for orders, on the same database; answers how it sends. */
const startOrders = async () => {
  const prisma = new PrismaClient({ adapter: postgresAdapter(database.adminUrl, 'orders') });
  for (const table of ['outbox', 'inbox'])
    await prisma.$executeRawUnsafe(`CREATE TABLE orders.${table} (LIKE inventory.${table} INCLUDING ALL)`);
  const orders = await startMessaging({
    owner: 'orders',
    natsUrl: nats.urls.orders,
    databaseUrl: database.adminUrl,
    transact: (work) => prisma.$transaction((tx) => work({}, tx)),
    subscribers: [],
    logger,
    outboxPollMs: 100,
  });
  endings.unshift(async () => {
    await orders.stop();
    await prisma.$disconnect();
  });
  return async (...messages: ReturnType<typeof outgoing>[]) => {
    await appendToOutbox(prisma, messages);
    orders.wake();
    await eventually(async () => {
      expect(await prisma.outboxMessage.count({ where: { publishedAt: null } })).toBe(0);
    });
  };
};

/** Stands for whatever may go wrong with one order. */
const poison = async (orderId: string) => {
  const owner = new PrismaClient({ adapter: postgresAdapter(database.ownerUrl, 'inventory') });
  await owner.$executeRawUnsafe(`CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'poison'; END $$`);
  await owner.$executeRawUnsafe(`CREATE TRIGGER poison BEFORE INSERT ON reservations FOR EACH ROW
    WHEN (NEW.order_id = '${orderId}') EXECUTE FUNCTION refuse_poison()`);
  await owner.$disconnect();
};

const startReplica = async () => {
  const replica: Messaging = await startMessaging({
    owner: 'inventory',
    natsUrl: nats.urls.inventory,
    databaseUrl: database.url,
    transact: createTransact(inventory.prisma, () => replica.wake()),
    subscribers,
    logger,
    outboxPollMs: 100,
    retryDelays: [10, 20],
  });
  endings.unshift(() => replica.stop());
};

/** A batch that fails is handled message by message, which takes its time on a busy machine. */
const patience = { timeout: 60_000 };

const variants = Array.from({ length: 6 }, (_, index) => `article-${index}`);
const names = Array.from({ length: 60 }, (_, index) => `order-${index}`);
const about = (orderId: string) => ({
  aggregateId: orderId,
  occurredAt: asInstant('2026-01-02T03:04:05.678Z'),
});
const placed = (orderId: string, lines: Record<string, number>) =>
  outgoing(
    orderPlaced,
    {
      orderId: asId<'Order'>(orderId),
      buyerId: asId<'User'>('buyer'),
      total: { minor: 100n, currency: 'GBP' },
      lines: Object.entries(lines).map(([id, quantity]) => ({
        variantId: asId<'Variant'>(id),
        sellerId: asId<'User'>(seller.id),
        quantity,
      })),
    },
    about(orderId),
  );
const confirmed = (orderId: string) =>
  outgoing(orderConfirmed, { orderId: asId<'Order'>(orderId) }, about(orderId));
const countIn = (state: 'RESERVED' | 'COMMITTED' | 'REJECTED') =>
  inventory.prisma.reservation.count({ where: { state } });
const parkedOrders = async () =>
  (await inventory.prisma.parkedMessage.findMany({ orderBy: { parkedAt: 'asc' } })).map(
    ({ envelope }) => (envelope as { payload: { orderId: string } }).payload.orderId,
  );

describe('two replicas', () => {
  it('serve all orders once, but for those that cannot be', { timeout: 150_000 }, async () => {
    await inventory.stock(Object.fromEntries(variants.map((id) => [id, 20])));
    await poison('poisoned');
    const send = await startOrders();
    const orders = names.map((name, index) =>
      placed(name, { [variants[index % 6] ?? '']: 1, [variants[(index * 5 + 1) % 6] ?? '']: 1 }),
    );
    const poisoned = placed('poisoned', { 'article-0': 1 });
    const short = placed('short', { 'article-1': 1_000 });
    await send(...orders.slice(0, 30), poisoned, short, ...orders.slice(30));
    await Promise.all([startReplica(), startReplica()]);
    await eventually(async () => {
      expect([await countIn('RESERVED'), await countIn('REJECTED')]).toEqual([60, 1]);
      expect(await parkedOrders()).toEqual(['poisoned']);
    }, patience);
    await send(...names.slice(0, 30).map(confirmed), confirmed('short'), ...names.slice(30).map(confirmed));
    await eventually(async () => {
      expect(await countIn('COMMITTED')).toBe(60);
      expect(await parkedOrders()).toEqual(['poisoned', 'short']);
    }, patience);
    const levels = await Promise.all(variants.map(inventory.levels));
    expect(levels.reduce((sum, [, , sold = 0]) => sum + sold, 0)).toBe(120);
    expect(levels.every(([, reserved]) => reserved === 0)).toBe(true);
    expect(await inventory.findings()).toEqual([]);
    const told = await inventory.sent();
    for (const fact of ['reserved', 'committed']) {
      expect(told.filter(({ subject }) => subject === `emporium.inventory.${fact}.v1`)).toHaveLength(60);
    }
  });
});
