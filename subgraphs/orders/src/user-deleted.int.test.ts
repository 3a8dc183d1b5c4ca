import { userDeleted } from '@emporium/contracts';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actor, createTestOrders, placement, type TestOrders, variant } from './test-orders.ts';

let orders: TestOrders;
beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  await orders.sell(variant('mug'), variant('tea', { sellerId: 'grocer' }));
});
afterAll(() => orders.stop());

/** How much of a person is left in the tables. */
const traces = async (orderId: string) => {
  const where = { orderId };
  return [
    await orders.prisma.orderAddress.count({ where }),
    await orders.prisma.orderNote.count({ where }),
    await orders.prisma.orderPaymentToken.count({ where }),
  ];
};

describe('a buyer who is gone', () => {
  it('leaves orders and no address, reason or token', async () => {
    const { orderId, buyerId } = await orders.place({ mug: 1 });
    await orders.app.cancelOrder(actor(buyerId), orderId, 'I moved to Leeds');
    expect(await traces(orderId)).toEqual([1, 1, 0]);
    await orders.hear(userDeleted, { userId: buyerId });
    await orders.hear(userDeleted, { userId: buyerId });
    expect(await traces(orderId)).toEqual([0, 0, 0]);
    expect(await orders.audit(orderId)).toMatchObject({ status: 'CANCELLED' });
    expect(await orders.rebuild({ check: true })).toMatchObject({ different: 0 });
  });

  it('gets what has left, and has the rest called off', async () => {
    const sent = await orders.placePaid({ mug: 1, tea: 1 });
    const waiting = await orders.placePaid({ mug: 1 });
    const [first, second] = await orders.shipmentsOf(sent.orderId);
    const ship = (shipment: typeof first) =>
      orders.app.shipShipment(actor(shipment?.sellerId ?? ''), {
        shipmentId: shipment?.id as never,
        carrier: 'DHL',
        trackingNumber: '1234',
      });
    await ship(first);
    for (const { buyerId } of [sent, waiting]) await orders.hear(userDeleted, { userId: buyerId });
    expect((await orders.audit(sent.orderId))?.history.at(-1)).not.toBe('CANCELLED');
    expect(await orders.audit(waiting.orderId)).toMatchObject({ status: 'CANCELLED' });
    expect((await orders.sent(waiting.orderId)).map(({ fact }) => fact)).toContain('cancelled');
    expect(await traces(waiting.orderId)).toEqual([0, 0, 0]);
    expect(await traces(sent.orderId)).toEqual([0, 0, 0]); // nothing is to be sent there any more
    expect(await ship(second)).toEqual({ ok: false, refusal: 'ALREADY_CANCELLED' });
    expect((await orders.sent(sent.orderId)).map(({ fact }) => fact)).toContain('lines-cancelled');
  });

  it('orders nothing with a token that is still out, and others are as before', async () => {
    const { buyerId } = await orders.place({ mug: 1 });
    const other = await orders.place({ mug: 1 });
    await orders.app.addToCart(buyerId, [{ variantId: 'mug' as never, quantity: 1 }]);
    await orders.hear(userDeleted, { userId: buyerId });
    expect(await orders.cartOf(buyerId)).toEqual({});
    await orders.app.addToCart(buyerId, [{ variantId: 'mug' as never, quantity: 1 }]);
    expect(await orders.app.placeOrder(buyerId, placement())).toEqual({
      ok: false,
      refusal: { code: 'GONE' },
    });
    expect(await traces(other.orderId)).toEqual([1, 0, 1]);
  });

  it('never leaves an order that was placed meanwhile', async () => {
    const { buyerId } = await orders.place({ mug: 1 });
    await orders.app.addToCart(buyerId, [{ variantId: 'mug' as never, quantity: 1 }]);
    await Promise.all([
      orders.app.placeOrder(buyerId, placement()),
      orders.hear(userDeleted, { userId: buyerId }),
    ]);
    const placed = await orders.prisma.order.findMany({ where: { buyerId } });
    for (const { id, status } of placed) {
      expect(status).toBe('CANCELLED');
      expect(await traces(id)).toEqual([0, 0, 0]);
    }
  });
});
