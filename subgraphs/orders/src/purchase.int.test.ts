import {
  backorderFilled,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  paymentReleased,
  stockRejected,
  stockReserved,
} from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderId } from './application/ports.ts';
import {
  actor,
  createTestOrders,
  gbp,
  placement,
  sealForTests,
  type TestOrders,
  variant,
} from './test-orders.ts';

let orders: TestOrders;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  await orders.sell(
    variant('mug', { sellerId: 'potter', minor: 850n }),
    variant('jug', { sellerId: 'potter', minor: 2000n }),
    variant('tea', { sellerId: 'grocer', minor: 335n }),
  );
});
afterAll(() => orders.stop());

const both = { mug: 2, tea: 3, jug: 1 };
const parcel = { carrier: 'Royal Mail', trackingNumber: 'RM-1234' };

const shipAll = async (orderId: OrderId) => {
  for (const { id, sellerId } of await orders.shipmentsOf(orderId)) {
    await orders.app.shipShipment(actor(sellerId), { shipmentId: asId(id), ...parcel });
  }
};

describe('a purchase', () => {
  it('goes from PENDING to COMPLETED, telling the others step by step', async () => {
    const { orderId, buyerId, total } = await orders.place(both);
    expect(total).toEqual(gbp(4705n));
    await orders.hear(stockReserved, { orderId });
    await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
    await shipAll(orderId);
    const shipments = await orders.shipmentsOf(orderId);
    for (const { id } of shipments) await orders.app.confirmDelivery(actor(buyerId), asId(id));
    for (const { id, amountMinor } of shipments) {
      await orders.hear(paymentReleased, {
        orderId,
        shipmentId: asId<'Shipment'>(id),
        amount: gbp(amountMinor),
      });
    }
    expect(await orders.audit(orderId)).toEqual({
      status: 'COMPLETED',
      history: ['PENDING', 'RESERVED', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED'],
      terminal: true,
    });
    const done = { status: 'DELIVERED', released: true, ...parcel };
    expect(await orders.shipmentsOf(orderId)).toMatchObject([done, done]);
    const [placed, requested, ...rest] = await orders.sent(orderId);
    expect(placed).toEqual({
      fact: 'placed',
      payload: {
        orderId,
        buyerId,
        total: { minor: '4705', currency: 'GBP' },
        lines: [
          { variantId: 'mug', sellerId: 'potter', quantity: 2 },
          { variantId: 'tea', sellerId: 'grocer', quantity: 3 },
          { variantId: 'jug', sellerId: 'potter', quantity: 1 },
        ],
      },
    });
    expect(requested).toEqual({
      fact: 'payment-requested',
      payload: {
        orderId,
        buyerId,
        total: { minor: '4705', currency: 'GBP' },
        method: 'CARD',
        sealedToken: await sealForTests('tok_ok', orderId),
        shipments: [
          { shipmentId: shipments[0]?.id, sellerId: 'potter', amount: { minor: '3700', currency: 'GBP' } },
          { shipmentId: shipments[1]?.id, sellerId: 'grocer', amount: { minor: '1005', currency: 'GBP' } },
        ],
      },
    });
    expect(rest.map(({ fact }) => fact)).toEqual([
      'confirmed',
      'shipped',
      'shipped',
      'delivered',
      'delivered',
    ]);
  });

  it('that is paid from the wallet sends no token', async () => {
    const { orderId } = await orders.place(
      { mug: 1 },
      placement({ payment: { method: 'WALLET', token: null, paymentMethodId: null } }),
    );
    await orders.hear(stockReserved, { orderId });
    expect((await orders.sent(orderId))[1]?.payload).not.toHaveProperty('sealedToken');
  });

  it('that a saved card pays sends its id once, and keeps it no longer', async () => {
    const payment = { method: 'CARD', token: null, paymentMethodId: 'card-1' } as const;
    const { orderId } = await orders.place({ mug: 1 }, placement({ payment }));
    await orders.hear(stockReserved, { orderId });
    const asked = (await orders.sent(orderId))[1]?.payload;
    expect(asked).toMatchObject({ method: 'CARD', paymentMethodId: 'card-1' });
    expect(asked).not.toHaveProperty('sealedToken');
    expect(await orders.prisma.orderPaymentToken.count({ where: { orderId } })).toBe(0);
    const history = await orders.prisma.orderEvent.findMany({ where: { orderId } });
    expect(JSON.stringify(history)).not.toContain('card-1');
  });

  it('keeps no personal data and no token in its history', async () => {
    const { orderId } = await orders.place(both);
    await orders.app.cancelOrder(
      actor((await owner(orderId)).buyerId),
      orderId,
      'My neighbour Bob has one',
    );
    const text = JSON.stringify(await orders.prisma.orderEvent.findMany({ where: { orderId } }));
    for (const secret of ['Lovelace', 'London', 'tok_ok', 'Bob']) expect(text).not.toContain(secret);
    expect(await orders.prisma.orderNote.findUnique({ where: { orderId } })).toMatchObject({
      cancelReason: 'My neighbour Bob has one',
    });
  });

  it('forgets the token when the payment is asked for, or never will be', async () => {
    const [asked, ended] = [await orders.place(both), await orders.place(both)];
    expect(await tokens(asked.orderId, ended.orderId)).toBe(2);
    await orders.hear(stockReserved, { orderId: asked.orderId });
    await orders.app.cancelOrder(actor(ended.buyerId), ended.orderId, null);
    expect(await tokens(asked.orderId, ended.orderId)).toBe(0);
  });
});

const owner = (id: string) => orders.prisma.order.findUniqueOrThrow({ where: { id } });
const tokens = (...ids: string[]) =>
  orders.prisma.orderPaymentToken.count({ where: { orderId: { in: ids } } });

describe('a purchase that comes to nothing', () => {
  it('puts its lines back into the cart when stock is short', async () => {
    const { orderId, buyerId } = await orders.place(both);
    expect(await orders.cartOf(buyerId)).toEqual({});
    await orders.app.addToCart(buyerId, [{ variantId: asId('tea'), quantity: 1 }]);
    await orders.hear(stockRejected, { orderId, shortages: [] });
    expect(await orders.cartOf(buyerId)).toEqual({ tea: 4, mug: 2, jug: 1 });
    expect(await owner(orderId)).toMatchObject({ status: 'FAILED', failureReason: 'OUT_OF_STOCK' });
    expect((await orders.sent(orderId)).at(-1)).toEqual({
      fact: 'failed',
      payload: { orderId, reason: 'OUT_OF_STOCK' },
    });
  });

  it('puts its lines back once, though the answer is heard twice', async () => {
    const { orderId, buyerId } = await orders.place(both);
    await orders.hear(stockReserved, { orderId });
    const declined = { orderId, paymentId: orders.paymentOf(orderId), reason: 'CARD_DECLINED' as const };
    await orders.hear(paymentDeclined, declined);
    await orders.hear(paymentDeclined, declined);
    expect(await orders.cartOf(buyerId)).toEqual(both);
    expect(await orders.audit(orderId)).toMatchObject({ history: ['PENDING', 'RESERVED', 'FAILED'] });
  });

  it('notes answers that come too late, and what is refunded, and stays as it is', async () => {
    const { orderId, buyerId, total } = await orders.place(both);
    await orders.app.cancelOrder(actor(buyerId), orderId, null);
    const payment = { orderId, paymentId: orders.paymentOf(orderId), amount: total };
    expect(await orders.hear(stockReserved, { orderId })).toEqual({ type: 'ack' });
    expect(await orders.hear(paymentCaptured, payment)).toEqual({ type: 'ack' });
    expect(await orders.hear(paymentRefunded, payment)).toEqual({ type: 'ack' });
    expect(await orders.timeline(orderId)).toEqual([
      'Placed',
      'Cancelled',
      'ReservationCameLate',
      'PaymentCameLate',
      'Refunded',
    ]);
    expect(await orders.audit(orderId)).toMatchObject({ history: ['PENDING', 'CANCELLED'] });
    expect((await orders.sent(orderId)).map(({ fact }) => fact)).toEqual(['placed', 'cancelled']);
  });

  it('leaves to a person a payment that fits no order', async () => {
    const { orderId, total } = await orders.place(both);
    const payment = { orderId, paymentId: orders.paymentOf(orderId), amount: gbp(total.minor - 1n) };
    await orders.hear(stockReserved, { orderId });
    expect(await orders.hear(paymentCaptured, payment)).toMatchObject({
      type: 'park',
      reason: expect.stringContaining('WRONG_AMOUNT'),
    });
    expect(
      await orders.hear(paymentCaptured, { ...payment, orderId: asId<'Order'>('gone') }),
    ).toMatchObject({
      type: 'park',
      reason: expect.stringContaining('NOT_FOUND'),
    });
  });
});

describe('moves at the same moment', () => {
  it('of one order are made one after the other', async () => {
    await orders.sell(
      ...Array.from({ length: 12 }, (_, index) =>
        variant(`item ${index}`, { sellerId: `seller ${index}` }),
      ),
    );
    const quantities = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`item ${index}`, 1]));
    const { orderId } = await orders.placePaid(quantities);
    const shipments = await orders.shipmentsOf(orderId);
    const outcomes = await Promise.all(
      shipments.map(({ id, sellerId }) =>
        orders.app.shipShipment(actor(sellerId), { shipmentId: asId(id), ...parcel }),
      ),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(await owner(orderId)).toMatchObject({ status: 'SHIPPED', version: 15 });
  });

  it('that exclude each other: one wins', async () => {
    const { orderId, buyerId } = await orders.placePaid({ mug: 1 });
    const [shipment] = await orders.shipmentsOf(orderId);
    const [shipped, cancelled] = await Promise.all([
      orders.app.shipShipment(actor('potter'), { shipmentId: asId(shipment?.id ?? ''), ...parcel }),
      orders.app.cancelOrder(actor(buyerId), orderId, null),
    ]);
    expect([shipped.ok, cancelled.ok].filter(Boolean)).toHaveLength(1);
  });
});

describe('an order whose goods are not all there', () => {
  const waitingOf = async (orderId: OrderId) => {
    const [lines = []] = await orders.app.reads.lines([orderId]);
    return lines.map(({ variantId, backordered }) => [variantId, backordered]);
  };
  const mugsLeft = (orderId: OrderId, waiting: number) =>
    orders.hear(backorderFilled, { orderId, lines: [{ variantId: asId<'Variant'>('mug'), waiting }] });
  const backordered = [{ variantId: asId<'Variant'>('mug'), quantity: 2 }];

  it('is paid, and ships when they have come', async () => {
    const { orderId, total } = await orders.place({ mug: 3, tea: 1 });
    await orders.hear(stockReserved, { orderId, backordered });
    await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
    expect(await waitingOf(orderId)).toEqual([
      ['mug', 2],
      ['tea', 0],
    ]);
    const [pots] = await orders.shipmentsOf(orderId);
    const ship = () =>
      orders.app.shipShipment(actor('potter'), { shipmentId: asId(pots?.id ?? ''), ...parcel });
    expect(await ship()).toEqual({ ok: false, refusal: 'BACKORDERED' });
    await mugsLeft(orderId, 0);
    await mugsLeft(orderId, 1);
    expect(await waitingOf(orderId)).toEqual([
      ['mug', 0],
      ['tea', 0],
    ]);
    expect(await ship()).toMatchObject({ ok: true });
  });

  it('waits for nothing when it is cancelled', async () => {
    const { orderId, buyerId } = await orders.place({ mug: 3 });
    await orders.hear(stockReserved, { orderId, backordered });
    await orders.app.cancelOrder(actor(buyerId), orderId, null);
    await mugsLeft(orderId, 1);
    expect(await waitingOf(orderId)).toEqual([['mug', 0]]);
    expect(await orders.timeline(orderId)).toEqual(['Placed', 'StockReserved', 'Cancelled']);
  });
});

describe('the read model', () => {
  it('is what the history makes of it again', async () => {
    const { orderId } = await orders.placePaid(both);
    await shipAll(orderId);
    const waits = await orders.place({ mug: 3 });
    const mug = asId<'Variant'>('mug');
    await orders.hear(backorderFilled, { orderId: waits.orderId, lines: [{ variantId: mug, waiting: 1 }] });
    await orders.hear(stockReserved, {
      orderId: waits.orderId,
      backordered: [{ variantId: mug, quantity: 2 }],
    });
    const failed = await orders.place(both);
    await orders.hear(stockRejected, { orderId: failed.orderId, shortages: [] });
    const { orders: compared, differences } = await orders.rebuild({ check: true });
    expect(compared).toBeGreaterThanOrEqual(3);
    expect(differences).toEqual([]);
  });
});

describe('the service’s own database role', () => {
  it.each([
    'UPDATE order_events SET type = type',
    'DELETE FROM order_events',
    'TRUNCATE order_events',
    'UPDATE placement_keys SET key = key',
    'DELETE FROM placement_keys',
  ])('may not %s', async (statement) => {
    await expect(orders.prisma.$executeRawUnsafe(statement)).rejects.toThrow(/permission denied/);
  });
});
