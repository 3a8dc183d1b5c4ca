import { paymentActionRequired, paymentCaptured, stockReserved } from '@emporium/contracts';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestOrders, type TestOrders, variant } from './test-orders.ts';

let orders: TestOrders;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  await orders.sell(variant('mug'));
});
afterAll(() => orders.stop());

const timeOut = () =>
  orders.timeOut({
    moved: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
const openSteps = (orderId: string) =>
  orders.prisma.purchaseDeadline.findMany({ where: { orderId }, select: { step: true, seconds: true } });

describe('a step that is not answered in time', () => {
  it('ends an order that waits for stock, and a late answer changes nothing', async () => {
    const { orderId, buyerId } = await orders.place({ mug: 1 });
    await orders.published(orderId, 21);
    await timeOut();
    expect(await orders.audit(orderId)).toMatchObject({ history: ['PENDING', 'FAILED'] });
    expect(await orders.prisma.order.findUnique({ where: { id: orderId } })).toMatchObject({
      failureReason: 'RESERVATION_TIMED_OUT',
    });
    expect(await orders.cartOf(buyerId)).toEqual({ mug: 1 });
    expect(await openSteps(orderId)).toEqual([]);
    await orders.hear(stockReserved, { orderId });
    expect(await orders.timeline(orderId)).toEqual(['Placed', 'Failed', 'ReservationCameLate']);
  });

  it('ends an order that waits for money', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    await orders.hear(stockReserved, { orderId });
    expect(await openSteps(orderId)).toEqual([{ step: 'PAY', seconds: 30 }]);
    await orders.published(orderId, 31);
    await timeOut();
    expect(await orders.audit(orderId)).toMatchObject({ history: ['PENDING', 'RESERVED', 'FAILED'] });
  });

  it('gives a buyer who has something to do more time, and ends the order when that is over, too', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    await orders.hear(stockReserved, { orderId });
    await orders.hear(paymentActionRequired, { orderId, paymentId: orders.paymentOf(orderId) });
    expect(await openSteps(orderId)).toEqual([{ step: 'PAY', seconds: 900 }]);
    await orders.published(orderId, 890);
    await timeOut();
    expect(await orders.audit(orderId)).toMatchObject({ status: 'RESERVED' });
    await orders.published(orderId, 901);
    await timeOut();
    expect(await orders.audit(orderId)).toMatchObject({ status: 'FAILED' });
    expect(await orders.timeline(orderId)).toEqual([
      'Placed',
      'StockReserved',
      'PaymentAwaitsBuyer',
      'Failed',
    ]);
  });

  it('is not counted while its message is not published', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    await timeOut();
    expect(await orders.audit(orderId)).toMatchObject({ status: 'PENDING' });
  });

  it('is given all its time', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    await orders.published(orderId, 15);
    await timeOut();
    expect(await orders.audit(orderId)).toMatchObject({ status: 'PENDING' });
  });
});

describe('a step that was answered', () => {
  it('is not timed out later', async () => {
    const { orderId, total } = await orders.place({ mug: 1 });
    await orders.hear(stockReserved, { orderId });
    await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
    await orders.published(orderId, 1000);
    await timeOut();
    expect(await orders.audit(orderId)).toMatchObject({ status: 'CONFIRMED' });
    expect(await openSteps(orderId)).toEqual([]);
  });

  it('at the moment of its deadline ends one way or the other, never both', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { orderId } = await orders.place({ mug: 1 });
      await orders.published(orderId, 21);
      await Promise.all([timeOut(), timeOut(), orders.hear(stockReserved, { orderId })]);
      const timeline = (await orders.timeline(orderId)).join(' ');
      expect(['Placed StockReserved', 'Placed Failed ReservationCameLate']).toContain(timeline);
    }
  });
});
