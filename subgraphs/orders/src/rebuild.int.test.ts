import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { paymentCaptured, stockReserved } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { eventually, testDatabase } from '@emporium/testing';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { actor, createTestOrders, type TestOrders, variant } from './test-orders.ts';

let orders: TestOrders;
let adminUrl: string;
const started: TestOrders[] = [];

beforeEach(async () => {
  const database = await testDatabase('orders');
  ({ adminUrl } = database);
  orders = createTestOrders(database);
  started.push(orders);
  await orders.sell(
    variant('mug', { sellerId: 'potter', minor: 850n }),
    variant('tea', { sellerId: 'grocer', minor: 335n }),
  );
});
afterAll(() => Promise.all(started.map(({ stop }) => stop())));

const both = { mug: 2, tea: 3 };

const move = async ({ orderId, total }: Awaited<ReturnType<TestOrders['place']>>) => {
  await orders.hear(stockReserved, { orderId });
  await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
};

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};

describe('a rebuild', () => {
  it('finds nothing where nothing is wrong', async () => {
    await orders.placePaid(both);
    expect(await orders.rebuild()).toEqual({ orders: 1, different: 0, differences: [] });
  });

  it('finds what is spoiled, by order and column, and only says so when it checks', async () => {
    const [right, wrong] = [await orders.placePaid(both), await orders.placePaid(both)];
    const [first] = await orders.shipmentsOf(wrong.orderId);
    await orders.prisma
      .$executeRaw`UPDATE orders SET status = 'SHIPPED', total_minor = 1 WHERE id = ${wrong.orderId}`;
    await orders.prisma.$executeRaw`UPDATE shipments SET released = true WHERE id = ${first?.id}`;
    await orders.prisma
      .$executeRaw`UPDATE order_lines SET backordered = 1 WHERE order_id = ${wrong.orderId} AND position = 2`;
    const { different, differences } = await orders.rebuild({ check: true });
    expect(different).toBe(1);
    const { orderId } = wrong;
    expect(differences).toEqual([
      { orderId, table: 'orders', column: 'status', live: 'SHIPPED', rebuilt: 'CONFIRMED' },
      { orderId, table: 'orders', column: 'total_minor', live: '1', rebuilt: '2705' },
      { orderId, table: 'shipments', column: 'released', live: 'true', rebuilt: 'false' },
      { orderId, table: 'order_lines', column: 'backordered', live: '1', rebuilt: '0' },
    ]);
    expect(await orders.audit(orderId)).toMatchObject({ status: 'SHIPPED' });
    expect(await orders.audit(right.orderId)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('puts right what is wrong, missing or too much, and keeps what no event knows', async () => {
    const [wrong, missing] = [await orders.placePaid(both), await orders.placePaid(both)];
    await orders.app.cancelOrder(actor(wrong.buyerId), wrong.orderId, 'It is not for me');
    const [shipment] = await orders.shipmentsOf(missing.orderId);
    await orders.prisma.$executeRaw`DELETE FROM orders WHERE id = ${missing.orderId}`;
    await orders.prisma.$executeRaw`UPDATE orders SET buyer_id = 'somebody' WHERE id = ${wrong.orderId}`;
    await orders.prisma.$executeRaw`
      INSERT INTO orders SELECT 'ghost', 'GHOST', buyer_id, status, version, total_minor, currency, payment_method, failure_reason, placed_at
      FROM orders WHERE id = ${wrong.orderId}`;
    await orders.prisma.$executeRaw`
      INSERT INTO order_lines SELECT order_id, 99, shipment_id, variant_id, title, quantity, unit_price_minor, total_minor, backordered
      FROM order_lines WHERE order_id = ${wrong.orderId} AND position = 1`;

    expect(await orders.rebuild()).toMatchObject({ orders: 2, different: 3 });
    expect(await orders.rebuild({ check: true })).toMatchObject({ different: 0 });
    expect(await orders.prisma.order.count()).toBe(2);
    expect((await orders.shipmentsOf(missing.orderId))[0]).toEqual(shipment);
    expect(await orders.prisma.orderAddress.count()).toBe(2);
    expect(await orders.prisma.orderNote.findUnique({ where: { orderId: wrong.orderId } })).toMatchObject({
      cancelReason: 'It is not for me',
    });
  });

  it('loses nothing that happens meanwhile', async () => {
    const waiting = await Promise.all([orders.place(both), orders.place(both), orders.place(both)]);
    const [spoiled] = waiting;
    await orders.prisma.$executeRaw`UPDATE orders SET buyer_id = 'somebody' WHERE id = ${spoiled.orderId}`;
    let going = true;
    const placing = (async () => {
      const placed = [];
      while (going) placed.push(await orders.placePaid(both));
      return placed;
    })();
    const result = await orders.rebuild({
      whenFilled: async () => {
        for (const order of waiting) await move(order);
      },
    });
    going = false;
    const placed = await placing;
    expect(result).toMatchObject({ different: 1, differences: [{ column: 'buyer_id', live: 'somebody' }] });
    expect(placed.length).toBeGreaterThan(0);
    expect(await orders.rebuild({ check: true })).toEqual({
      orders: 3 + placed.length,
      different: 0,
      differences: [],
    });
    for (const { orderId } of waiting) {
      expect(await orders.audit(orderId)).toMatchObject({ status: 'CONFIRMED' });
    }
  });

  it('waits for a transaction that is under way and sees what it did', async () => {
    const { orderId } = await orders.place(both);
    const begun = gate();
    const held = gate();
    const moving = orders.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO order_events (order_id, sequence, type, schema_version, payload, status, at)
        VALUES (${orderId}, 2, 'StockReserved', 2, '{"backordered": []}', 'RESERVED', now())`;
      begun.open();
      await held.opened;
      await tx.$executeRaw`UPDATE orders SET status = 'RESERVED', version = 2 WHERE id = ${orderId}`;
    });
    await begun.opened;
    const rebuilt = orders.rebuild();
    await eventually(async () => {
      const waiting = await orders.prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM pg_locks WHERE relation = 'order_events'::regclass AND mode = 'ShareLock' AND NOT granted`;
      expect(waiting).toHaveLength(1);
    });
    held.open();
    expect(await rebuilt).toMatchObject({ different: 0 });
    await moving;
  });

  it('may not be made by the service itself', async () => {
    await expect(
      orders.prisma.$executeRawUnsafe('CREATE TABLE rebuilt_orders (LIKE orders)'),
    ).rejects.toThrow(/permission denied/);
  });

  it('tells sellers and buyers the same as before', async () => {
    const { orderId } = await orders.placePaid(both);
    const potter = { id: asId<'User'>('potter'), readsAll: false };
    const before = await orders.app.reads.orders([orderId], potter);
    await orders.prisma.$executeRaw`DELETE FROM orders WHERE id = ${orderId}`;
    expect(await orders.app.reads.orders([orderId], potter)).toEqual([null]);
    await orders.rebuild();
    expect(await orders.app.reads.orders([orderId], potter)).toEqual(before);
  });
});

describe('npm run orders:rebuild', () => {
  const run = (...options: string[]) => {
    const program = path.join(import.meta.dirname, '../dist/orders-rebuild.js');
    const { status, stdout } = spawnSync(process.execPath, [program, ...options], {
      encoding: 'utf8',
      env: { DATABASE_URL: adminUrl },
    });
    return { status, said: stdout.trim().split('\n').slice(1) };
  };

  it('says what differs, puts it right unless it only checks, and ends by what it found', async () => {
    const { orderId } = await orders.placePaid(both);
    await orders.prisma.$executeRaw`UPDATE orders SET status = 'SHIPPED' WHERE id = ${orderId}`;
    const difference = `${orderId} orders.status: SHIPPED is shown, CONFIRMED happened`;
    expect(run('--check')).toEqual({ status: 4, said: [difference, '1 of 1 orders differ.'] });
    const mended = '1 of 1 orders differed and are as their events say now.';
    expect(run()).toEqual({ status: 1, said: [difference, mended] });
  }, 120_000);
});
