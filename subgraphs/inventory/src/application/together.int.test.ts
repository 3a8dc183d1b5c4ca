/** Orders that come together share a transaction, and end as if each had come alone, in the order in which they were placed. */
import { orderCancelled, orderConfirmed, orderPlaced } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { ack, park } from '@emporium/messaging';
import { postgresAdapter } from '@emporium/subgraph';
import { type TestDatabase, testDatabase } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTransact } from '../infrastructure/database.ts';
import { PrismaClient } from '../infrastructure/generated/client.ts';
import { adjustment, createTestInventory, seller, type TestInventory } from '../test-inventory.ts';

let database: TestDatabase;
let inventory: TestInventory;
let count = 0;
let mug: string;
let tea: string;

beforeAll(async () => {
  database = await testDatabase('inventory');
  inventory = createTestInventory(database);
});
afterAll(() => inventory.stop());
beforeEach(async () => {
  count += 1;
  mug = `mug-${count}`;
  tea = `tea-${count}`;
  await inventory.stock({ [mug]: 5, [tea]: 5 });
});
afterEach(async () => {
  expect(await inventory.findings()).toEqual([]);
});

const orderOf = (name: string) => asId<'Order'>(`${name}-${count}`);
const buyerOf = (name: string) => `buyer-${name}-${count}`;
const order = (name: string, lines: Record<string, number>, buyer = name) => ({
  orderId: orderOf(name),
  buyerId: asId<'User'>(buyerOf(buyer)),
  total: { minor: 100n, currency: 'GBP' },
  lines: Object.entries(lines).map(([id, quantity]) => ({
    variantId: asId<'Variant'>(id),
    sellerId: asId<'User'>(seller.id),
    quantity,
  })),
});
const placed = (...orders: ReturnType<typeof order>[]) => inventory.hearTogether(orderPlaced, orders);
const confirmed = (...names: string[]) =>
  inventory.hearTogether(
    orderConfirmed,
    names.map((name) => ({ orderId: orderOf(name) })),
  );
const cancelled = (name: string) => inventory.hear(orderCancelled, { orderId: orderOf(name) });
const statesOf = async (...names: string[]) => {
  const rows = await inventory.prisma.reservation.findMany({
    where: { orderId: { in: names.map(orderOf) } },
  });
  return names.map((name) => rows.find(({ orderId }) => orderId === orderOf(name))?.state);
};
const waitingOf = async (name: string) =>
  (await inventory.prisma.backorder.findMany({ where: { orderId: orderOf(name) } })).map(
    ({ waiting }) => waiting,
  );
const hold = (name: string, quantity: number) =>
  inventory.app.holdStock(
    { variantId: asId<'Variant'>(mug), quantity, idempotencyKey: 'key' },
    { id: buyerOf(name), isAdmin: false },
  );
const letWait = (variantId: string, limit: number | null) =>
  inventory.app.setBackorder(asId<'Variant'>(variantId), { allowed: true, limit }, seller);
/** What was told since then, with what caused it. */
const toldAfter = async (position: bigint) => {
  const rows = await inventory.prisma.outboxMessage.findMany({
    where: { position: { gt: position } },
    orderBy: { position: 'asc' },
  });
  return rows.map(({ subject, aggregateId, envelope }) => {
    const { causationId, correlationId, payload } = envelope as Record<string, unknown>;
    return { what: subject.split('.')[2], about: aggregateId, causationId, correlationId, payload };
  });
};
const lastTold = async () =>
  (await inventory.prisma.outboxMessage.findFirst({ orderBy: { position: 'desc' } }))?.position ?? 0n;

describe('orders that come together', () => {
  it('leave the last unit to the first of ten', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `racer-${index}`);
    await placed(order('most', { [mug]: 4 }));
    await placed(...names.map((name) => order(name, { [mug]: 1 })));
    expect(await inventory.levels(mug)).toEqual([0, 5, 0]);
    expect(await statesOf(...names)).toEqual(['RESERVED', ...Array.from({ length: 9 }, () => 'REJECTED')]);
  });

  it('have all of their lines or none, and leave what they did not get', async () => {
    await placed(
      order('a', { [mug]: 3, [tea]: 1 }),
      order('b', { [mug]: 3, [tea]: 4 }),
      order('c', { [tea]: 4, [mug]: 2 }),
      order('d', { [tea]: 1 }),
    );
    expect(await statesOf('a', 'b', 'c', 'd')).toEqual(['RESERVED', 'REJECTED', 'RESERVED', 'REJECTED']);
    expect([await inventory.levels(mug), await inventory.levels(tea)]).toEqual([
      [0, 5, 0],
      [0, 5, 0],
    ]);
    expect(await confirmed('a', 'c')).toMatchObject({ verdict: ack });
    expect([await inventory.levels(mug), await inventory.levels(tea)]).toEqual([
      [0, 0, 5],
      [0, 0, 5],
    ]);
    await cancelled('a');
    expect([await inventory.levels(mug), await inventory.levels(tea)]).toEqual([
      [3, 0, 2],
      [1, 0, 4],
    ]);
  });

  it('cost as many statements as one order', async () => {
    const ids = Array.from({ length: 17 }, (_, index) => `article-${index}-${count}`);
    await inventory.stock(Object.fromEntries(ids.map((id) => [id, 1])));
    const prisma = new PrismaClient({
      adapter: postgresAdapter(database.url, 'inventory'),
      log: [{ emit: 'event', level: 'query' }],
    });
    let statements = 0;
    prisma.$on('query', () => {
      statements += 1;
    });
    const within = createTransact(prisma, () => undefined);
    const costOf = async (orders: ReturnType<typeof order>[]) => {
      statements = 0;
      await inventory.hearTogether(orderPlaced, orders, within);
      await inventory.hearTogether(orderConfirmed, orders, within);
      return statements;
    };
    const [one, ...sixteen] = ids.map((id) => order(`of ${id}`, { [id]: 1 }));
    const alone = await costOf(one ? [one] : []);
    expect(await costOf(sixteen)).toBe(alone);
    expect(alone).toBeLessThan(15);
    await prisma.$disconnect();
  });

  it('end as they would one by one, from several locations, with holds and backorders', async () => {
    const opened = await inventory.app.openLocation(
      { sellerId: asId(seller.id), code: `CELLAR-${count}`, name: 'Cellar', priority: 1 },
      { ...seller, isSeller: true },
    );
    const locationId = (opened.ok ? opened.events[0]?.id : null) ?? null;
    const run = async (twin: string, together: boolean) => {
      const [a, b] = [`a-${twin}-${count}`, `b-${twin}-${count}`];
      await inventory.stock({ [a]: 8, [b]: 9 });
      await inventory.app.adjustStock([adjustment(a, 7, { locationId })], seller);
      await letWait(b, 4);
      for (const index of [2, 5, 7]) {
        await inventory.app.holdStock(
          { variantId: asId(index === 7 ? b : a), quantity: 4, idempotencyKey: `${twin}-${index}` },
          { id: buyerOf(`${twin}-${index}`), isAdmin: false },
        );
      }
      const names = Array.from({ length: 12 }, (_, index) => `${twin}-${index}`);
      const orders = names.map((name, index) =>
        order(name, {
          ...(index % 3 !== 1 && { [a]: 1 + ((index * 5) % 4) }),
          ...(index % 3 !== 2 && { [b]: 1 + ((index * 3) % 4) }),
        }),
      );
      if (together) await placed(...orders);
      else for (const each of orders) await placed(each);
      const taken = await inventory.prisma.reservationAllocation.findMany({
        where: { orderId: { in: names.map(orderOf) } },
        orderBy: [{ orderId: 'asc' }, { variantId: 'asc' }, { locationId: 'asc' }],
      });
      return {
        states: await statesOf(...names),
        waiting: await Promise.all(names.map(waitingOf)),
        levels: [await inventory.levelsAt(a), await inventory.levelsAt(b)],
        taken: taken.map(({ orderId, variantId, ...rest }) => ({
          ...rest,
          orderId: orderId.replace(twin, ''),
          variantId: variantId.replace(twin, ''),
        })),
      };
    };
    const alone = await run('alone', false);
    expect(new Set(alone.states)).toEqual(new Set(['RESERVED', 'REJECTED']));
    expect(alone.waiting.flat().length).toBeGreaterThan(1);
    expect(await run('joint', true)).toEqual(alone);
  });

  it('are placed once each, and not at all when they had ended', async () => {
    await cancelled('ended');
    const [twice, ended] = [order('twice', { [mug]: 2 }), order('ended', { [mug]: 1 })];
    await placed(twice, ended, twice);
    await placed(ended, twice);
    expect(await inventory.levels(mug)).toEqual([3, 2, 0]);
    await confirmed('twice', 'ended', 'twice');
    expect(await inventory.levels(mug)).toEqual([3, 0, 2]);
    expect(await statesOf('twice', 'ended')).toEqual(['COMMITTED', 'CLOSED']);
  });

  it('wait in the order in which they were placed, and for no more than may wait', async () => {
    await letWait(mug, 3);
    await placed(
      order('a', { [mug]: 6 }),
      order('b', { [mug]: 3 }),
      order('c', { [mug]: 1 }),
      order('d', { [mug]: 1 }),
      order('e', { [mug]: 1 }),
    );
    expect(await statesOf('a', 'b', 'c', 'd', 'e')).toEqual([
      ...['RESERVED', 'REJECTED', 'RESERVED', 'RESERVED', 'REJECTED'],
    ]);
    await inventory.app.adjustStock([adjustment(mug, 2)], seller);
    expect([await waitingOf('a'), await waitingOf('c'), await waitingOf('d')]).toEqual([[0], [0], [1]]);
  });
});

describe('what the buyer of one of them holds', () => {
  it('goes to their order, and what they leave of it to the next one', async () => {
    await hold('ada', 4);
    await placed(
      order('before', { [mug]: 2 }),
      order('ada', { [mug]: 2 }),
      order('ada-again', { [mug]: 3 }, 'ada'),
      order('after', { [mug]: 3 }),
    );
    expect(await statesOf('before', 'ada', 'ada-again', 'after')).toEqual([
      ...['REJECTED', 'RESERVED', 'RESERVED', 'REJECTED'],
    ]);
    expect(await inventory.levels(mug)).toEqual([0, 5, 0]);
  });

  it('goes first to those who wait, as far as they leave it', async () => {
    await letWait(mug, null);
    await hold('ada', 4);
    await placed(order('waits', { [mug]: 3 }));
    const before = await lastTold();
    const { eventIds } = await placed(
      order('waits-too', { [mug]: 1 }),
      order('ada', { [mug]: 1 }),
      order('late', { [mug]: 2 }),
    );
    expect([await waitingOf('waits'), await waitingOf('waits-too'), await waitingOf('late')]).toEqual([
      ...[[0], [0], [2]],
    ]);
    const filled = (await toldAfter(before)).filter(({ what }) => what === 'backorder-filled');
    expect(filled.map(({ about, causationId }) => [about, causationId])).toEqual([
      [orderOf('waits'), eventIds[1]],
      [orderOf('waits-too'), eventIds[1]],
    ]);
  });
});

describe('what is told of orders that came together', () => {
  it('names what caused it, and of each variant’s stock only how it is in the end', async () => {
    const before = await lastTold();
    const first = await placed(
      order('a', { [mug]: 1, [tea]: 5 }),
      order('b', { [mug]: 6 }),
      order('c', { [mug]: 2 }),
    );
    const second = await confirmed('c', 'a');
    const [a, b, c] = first.eventIds;
    const about = (name: string, what: string, causationId: string | undefined) => ({
      ...{ what, about: orderOf(name), causationId, correlationId: orderOf(name) },
      payload: expect.objectContaining({ orderId: orderOf(name) }),
    });
    const stock = (id: string, available: number, causationId: string | undefined) => ({
      ...{ what: 'stock-changed', about: id, causationId, correlationId: 'test' },
      payload: { variantId: id, available, version: 2 },
    });
    const told = await toldAfter(before);
    expect(told.slice(0, 3)).toEqual([
      about('a', 'reserved', a),
      about('b', 'rejected', b),
      about('c', 'reserved', c),
    ]);
    expect(told.slice(3, -2)).toHaveLength(3);
    expect(told.slice(3, -2)).toEqual(
      expect.arrayContaining([
        stock(tea, 0, a),
        stock(mug, 2, c),
        expect.objectContaining({
          ...{ what: 'availability-changed', causationId: a },
          payload: { variants: [{ variantId: tea, inStock: false, version: 2 }] },
        }),
      ]),
    );
    expect(told.slice(-2)).toEqual([
      about('c', 'committed', second.eventIds[0]),
      about('a', 'committed', second.eventIds[1]),
    ]);
  });
});

describe('one of them that cannot be', () => {
  it('leaves nothing of the others in its transaction, so that each can be handled alone', async () => {
    await placed(order('a', { [mug]: 1 }), order('b', { [mug]: 9 }));
    await expect(confirmed('a', 'unheard-of')).rejects.toThrow('before it was placed');
    expect(await statesOf('a')).toEqual(['RESERVED']);
    expect(await confirmed('b')).toMatchObject({
      verdict: park(`order ${orderOf('b')} was confirmed although its stock had been refused`),
    });
    expect(await inventory.levels(mug)).toEqual([4, 1, 0]);
  });
});

describe('batches that cross', () => {
  it('wait for each other, and never for good', { timeout: 60_000 }, async () => {
    const variants = Array.from({ length: 8 }, (_, index) => `crossed-${index}-${count}`);
    await inventory.stock(Object.fromEntries(variants.map((id) => [id, 20])));
    const orders = Array.from({ length: 24 }, (_, index) => {
      const wanted = [index, index + 3, index + 5].map((each) => variants[each % variants.length] ?? '');
      return order(`crossing-${index}`, Object.fromEntries(wanted.map((id) => [id, 1])));
    });
    const names = orders.map((_, index) => `crossing-${index}`);
    // Each order in three batches, each batch in another order; and a bulk adjustment of all of it.
    await Promise.all([
      placed(...orders),
      placed(...orders.toReversed()),
      placed(...orders.slice(12), ...orders.slice(0, 12)),
      inventory.app.adjustStock(
        variants.toReversed().map((id) => adjustment(id, 1)),
        seller,
      ),
    ]);
    expect(new Set(await statesOf(...names))).toEqual(new Set(['RESERVED']));
    await Promise.all([confirmed(...names), confirmed(...names.toReversed())]);
    for (const id of variants) expect(await inventory.levels(id)).toEqual([12, 0, 9]);
  });
});
