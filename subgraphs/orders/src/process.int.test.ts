import { paymentCaptured, paymentRefunded, stockReserved } from '@emporium/contracts';
import { createRegistry } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderId } from './application/ports.ts';
import { createPurchaseMetrics } from './infrastructure/purchase-metrics.ts';
import {
  actor,
  createTestOrders,
  onceOnly,
  placement,
  sealForTests,
  type TestOrders,
  variant,
} from './test-orders.ts';

let orders: TestOrders;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'), {
    RESERVE: { ...onceOnly.RESERVE, retries: 1 },
    PAY: { ...onceOnly.PAY, retries: 1 },
    REFUND: { ...onceOnly.REFUND, retries: 1 },
  });
  await orders.sell(variant('mug'));
});
afterAll(() => orders.stop());

const moveOn = async (timeOut = orders.timeOut) => {
  const overruns: string[] = [];
  await timeOut({
    moved: (step, overrun) => overruns.push(`${step} ${overrun}`),
    failed: (error) => {
      throw error;
    },
  });
  return overruns;
};
const late = async (orderId: OrderId) => {
  await orders.published(orderId, 100);
  return moveOn();
};
const steps = (orderId: string) => orders.prisma.purchaseDeadline.findMany({ where: { orderId } });
const pay = ({ orderId, total }: Awaited<ReturnType<TestOrders['place']>>) =>
  orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
const refund = ({ orderId, total }: Awaited<ReturnType<TestOrders['place']>>) =>
  orders.hear(paymentRefunded, { orderId, paymentId: orders.paymentOf(orderId), amount: total });

describe('a step that nobody answers', () => {
  it('is asked for again in the same words, and goes on when the answer comes', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    expect(await late(orderId)).toEqual(['RESERVE ASKED_AGAIN']);
    const [first, second, ...more] = await orders.sent(orderId);
    expect(second).toEqual(first);
    expect(more).toEqual([]);
    expect(await steps(orderId)).toMatchObject([{ step: 'RESERVE', attempt: 2 }]);
    expect(await moveOn()).toEqual([]);
    await orders.hear(stockReserved, { orderId });
    expect(await orders.timeline(orderId)).toEqual(['Placed', 'AskedAgain', 'StockReserved']);
    expect(await steps(orderId)).toMatchObject([{ step: 'PAY', attempt: 1 }]);
  });

  it('counts the time anew from when the question went out again', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    await late(orderId);
    await orders.published(orderId, 15);
    expect(await moveOn()).toEqual([]);
    expect(await late(orderId)).toEqual(['RESERVE FAILED']);
    expect(await orders.timeline(orderId)).toEqual(['Placed', 'AskedAgain', 'Failed']);
    expect(await steps(orderId)).toEqual([]);
  });

  it('that several begin at once is begun by one, and the others go on', async () => {
    const { orderId, buyerId } = await orders.placePaid({ mug: 1 });
    const cancel = () => orders.app.cancelOrder(actor(buyerId), orderId, null);
    const outcomes = await Promise.all([cancel(), cancel(), cancel(), cancel()]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(await steps(orderId)).toMatchObject([{ step: 'REFUND' }]);
  });

  it('that two replicas found at once is asked for again by one, and has its time', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    await orders.published(orderId, 100);
    const first = async () => expect(await moveOn()).toEqual(['RESERVE ASKED_AGAIN']);
    expect(await moveOn(orders.timeOutAfter(first))).toEqual([]);
    expect(await orders.timeline(orderId)).toEqual(['Placed', 'AskedAgain']);
  });

  it('asks for the payment with its token again, and keeps none', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    await orders.hear(stockReserved, { orderId });
    expect(await late(orderId)).toEqual(['PAY ASKED_AGAIN']);
    const [, first, second] = await orders.sent(orderId);
    expect(second).toEqual(first);
    expect(second?.payload).toMatchObject({ sealedToken: await sealForTests('tok_ok', orderId) });
    expect(await orders.prisma.orderPaymentToken.count({ where: { orderId } })).toBe(0);
  });

  it('asks for the payment with the same saved card again', async () => {
    const payment = { method: 'CARD', token: null, paymentMethodId: 'card-1' } as const;
    const { orderId } = await orders.place({ mug: 1 }, placement({ payment }));
    await orders.hear(stockReserved, { orderId });
    expect(await late(orderId)).toEqual(['PAY ASKED_AGAIN']);
    const [, first, second] = await orders.sent(orderId);
    expect(second).toEqual(first);
    expect(second?.payload).toMatchObject({ paymentMethodId: 'card-1' });
  });
});

describe('money that should go back', () => {
  it('is asked for again, then parked for a person, and is done when it comes after all', async () => {
    const order = await orders.place({ mug: 1 });
    const { orderId, buyerId } = order;
    await orders.hear(stockReserved, { orderId });
    await pay(order);
    await orders.app.cancelOrder(actor(buyerId), orderId, null);
    expect(await late(orderId)).toEqual(['REFUND ASKED_AGAIN']);
    const [cancelled, again] = (await orders.sent(orderId)).slice(-2);
    expect([cancelled?.fact, again?.fact]).toEqual(['cancelled', 'cancelled']);
    expect(await late(orderId)).toEqual(['REFUND PARKED']);
    expect(await steps(orderId)).toMatchObject([{ parkedReason: 'Nobody answered, however often asked.' }]);
    expect(await late(orderId)).toEqual([]);
    await refund(order);
    expect(await steps(orderId)).toEqual([]);
  });

  it('is waited for when it was taken too late, and not when it went back before', async () => {
    const [taken, back] = [await orders.place({ mug: 1 }), await orders.place({ mug: 1 })];
    for (const { orderId, buyerId } of [taken, back]) {
      await orders.hear(stockReserved, { orderId });
      await orders.app.cancelOrder(actor(buyerId), orderId, null);
      expect(await steps(orderId)).toEqual([]);
    }
    await pay(taken);
    expect(await steps(taken.orderId)).toMatchObject([{ step: 'REFUND', messageId: null }]);
    await refund(back);
    await pay(back);
    expect(await steps(back.orderId)).toEqual([]);
  });
});

describe('a purchase that is stuck', () => {
  it('is parked when it cannot be moved on, and does not hold up others', async () => {
    const [broken, other] = [await orders.place({ mug: 1 }), await orders.place({ mug: 1 })];
    await orders.prisma.$executeRaw`
      INSERT INTO order_events (order_id, sequence, type, schema_version, payload, status, at)
      VALUES (${broken.orderId}, 2, 'Confirmed', 99, '{}', 'PENDING', now())`;
    await orders.published(broken.orderId, 1000);
    await orders.published(other.orderId, 100);
    const [overruns, errors]: [string[], unknown[]] = [[], []];
    const log = {
      moved: (step: string, overrun: string) => overruns.push(`${step} ${overrun}`),
      failed: (error: unknown) => errors.push(error),
    };
    for (let round = 0; round < 6; round += 1) await orders.timeOut(log);
    expect(errors).toHaveLength(5);
    expect(overruns.toSorted()).toEqual(['RESERVE ASKED_AGAIN', 'RESERVE PARKED']);
    expect(await steps(broken.orderId)).toMatchObject([
      { failures: 5, parkedReason: 'It could not be moved on: TypeError.' },
    ]);
  });

  it('is found when nobody keeps its time, and is asked for again', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    await orders.prisma.$executeRaw`DELETE FROM purchase_deadlines WHERE order_id = ${orderId}`;
    expect(await orders.watch.adopt()).toBe(1);
    expect(await orders.watch.adopt()).toBe(0);
    await orders.prisma.$executeRaw`
      UPDATE purchase_deadlines SET begun_at = now() - interval '100 seconds' WHERE order_id = ${orderId}`;
    expect(await moveOn()).toEqual(['RESERVE ASKED_AGAIN']);
    expect((await orders.sent(orderId)).map(({ fact }) => fact)).toEqual(['placed', 'placed']);
  });

  it('is counted', async () => {
    const registry = createRegistry('orders');
    const metrics = createPurchaseMetrics(orders.prisma, registry);
    const figure = async (line: string) => {
      const shown = (await registry.metrics()).split('\n').find((each) => each.startsWith(line));
      return Number(shown?.split(' ').at(-1));
    };
    const before = await figure('emporium_purchases{step="RESERVE",parked="false"');
    const { orderId } = await orders.place({ mug: 1 });
    await orders.prisma.$executeRaw`
      UPDATE purchase_deadlines SET begun_at = now() - interval '5000 seconds' WHERE order_id = ${orderId}`;
    metrics.count('RESERVE', 'ASKED_AGAIN');
    expect(await figure('emporium_purchases{step="RESERVE",parked="false"')).toBe(before + 1);
    expect(await figure('emporium_purchase_oldest_seconds{step="RESERVE"')).toBeGreaterThanOrEqual(5000);
    expect(await figure('emporium_purchase_overruns_total{step="RESERVE",outcome="ASKED_AGAIN"')).toBe(1);
  });
});
