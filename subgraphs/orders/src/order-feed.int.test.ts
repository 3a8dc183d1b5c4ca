import { paymentCaptured, paymentReleased, stockReserved } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderId, UserId } from './application/ports.ts';
import { actor, createTestOrders, type TestOrders, variant } from './test-orders.ts';

let orders: TestOrders;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  await orders.sell(variant('mug', { sellerId: 'potter' }), variant('tea', { sellerId: 'grocer' }));
});
afterAll(() => orders.stop());

const follow = async (orderId: OrderId, buyerId: UserId, after: number | null) => {
  const seen: string[] = [];
  const following = await orders.app.followOrder(orderId, { id: buyerId, readsAll: false }, after);
  if (!following.ok) return [following.refusal];
  for await (const item of following.changes) {
    seen.push(item.readable ? `${item.sequence} ${item.status}` : 'not readable');
  }
  return seen;
};

const life = ['1 PENDING', '2 RESERVED', '3 CONFIRMED', '5 SHIPPED', '7 DELIVERED', '9 COMPLETED'];

/** From placed to COMPLETED, in two shipments: statuses change at some events and not at others. */
const complete = async (orderId: OrderId, buyerId: UserId, total: { minor: bigint; currency: string }) => {
  await orders.hear(stockReserved, { orderId });
  await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
  const shipments = await orders.shipmentsOf(orderId);
  for (const { id, sellerId } of shipments) {
    const parcel = { shipmentId: asId<'Shipment'>(id), carrier: 'DHL', trackingNumber: '1234' };
    await orders.app.shipShipment(actor(sellerId), parcel);
  }
  for (const { id } of shipments) await orders.app.confirmDelivery(actor(buyerId), asId(id));
  for (const { id, amountMinor } of shipments) {
    const amount = { minor: amountMinor, currency: total.currency };
    await orders.hear(paymentReleased, { orderId, shipmentId: asId<'Shipment'>(id), amount });
  }
};

describe('the live feed of an order', () => {
  it('gives what came after any point, none missed, none twice', async () => {
    const { orderId, buyerId, total } = await orders.place({ mug: 1, tea: 1 });
    await complete(orderId, buyerId, total);
    for (const after of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const expected = life.filter((change) => Number(change.split(' ')[0]) > after);
      expect(await follow(orderId, buyerId, after)).toEqual(expected);
    }
    expect(await follow(orderId, buyerId, null)).toEqual(['9 COMPLETED']);
    expect(await follow(orderId, buyerId, 10)).toEqual(['NOT_REACHED']);
  });

  it('gives many followers, who came at different times, the same life as it happens', async () => {
    const { orderId, buyerId, total } = await orders.place({ mug: 1, tea: 1 });
    const followers = Array.from({ length: 20 }, (_, index) =>
      follow(orderId, buyerId, index % 2 ? 0 : null),
    );
    await complete(orderId, buyerId, total);
    for (const seen of await Promise.all(followers)) expect(life.slice(-seen.length)).toEqual(seen);
    expect(orders.failures).toEqual([]);
  });

  it('is for those who may read the order', async () => {
    const { orderId } = await orders.place({ mug: 1 });
    expect(await follow(orderId, asId('stranger'), null)).toEqual(['NOT_FOUND']);
    expect(await follow(asId('no-such-order'), asId('stranger'), null)).toEqual(['NOT_FOUND']);
  });
});
