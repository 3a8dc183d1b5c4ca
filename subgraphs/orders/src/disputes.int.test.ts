/** What orders hears of disputes enters an order's history, and is shown. */
import { disputeDecided, disputeOpened, paymentReleased } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { actor, createTestOrders, gbp, type TestOrders, variant, viewer } from './test-orders.ts';

let orders: TestOrders;
let schema: GraphQLSchema;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  schema = await createSchema();
  await orders.sell(
    variant('mug', { sellerId: 'potter', minor: 850n }),
    variant('tea', { sellerId: 'grocer', minor: 335n }),
  );
});
afterEach(async () => {
  expect(await orders.rebuild({ check: true })).toMatchObject({ differences: [], different: 0 });
});
afterAll(() => orders.stop());

const disputeId = asId<'Dispute'>('dispute');

const paid = async (quantities: Record<string, number> = { mug: 2, tea: 3 }) => {
  const placed = await orders.placePaid(quantities);
  const ids = (await orders.shipmentsOf(placed.orderId)).map(({ id }) => asId<'Shipment'>(id));
  const [pots = asId<'Shipment'>('none')] = ids;
  const { orderId } = placed;
  return { ...placed, ids, opened: { orderId, disputeId, shipmentId: pots, reason: 'DAMAGED' as const } };
};
type Paid = Awaited<ReturnType<typeof paid>>;

const send = async ({ ids, buyerId }: Paid) => {
  for (const [index, shipmentId] of ids.entries()) {
    const seller = actor(index === 0 ? 'potter' : 'grocer');
    const parcel = { carrier: 'Royal Mail', trackingNumber: 'RM-1234', lines: null };
    await orders.app.shipShipment(seller, { shipmentId, ...parcel });
    await orders.app.confirmDelivery(actor(buyerId), shipmentId);
  }
};
const decided = ({ orderId, opened: { shipmentId } }: Paid, refunded: bigint, released: bigint) => ({
  ...{ orderId, disputeId, shipmentId, outcome: 'BUYER' as const, decidedBy: asId<'User'>('admin') },
  ...{ refunded: gbp(refunded), released: gbp(released) },
});
const show = async (who: ReturnType<typeof viewer>, id: string) => {
  const source = `query ($id: ID!) { order(id: $id) { status shipments { disputed }
    timeline { type actor user { id } reason detail amount { amount } shipmentId } } }`;
  const contextValue = createContext(orders.app, who);
  const { data } = await graphql({ schema, source, variableValues: { id }, contextValue });
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect
  return (data as any).order;
};

describe('an order of which a shipment is disputed', () => {
  it('says so, to whom the shipment concerns, and is not complete before the money has gone', async () => {
    const order = await paid();
    const { orderId, buyerId, ids, opened } = order;
    await send(order);
    await orders.hear(disputeOpened, opened);
    await orders.hear(disputeOpened, opened);
    await orders.hear(paymentReleased, {
      orderId,
      shipmentId: ids[1] ?? ids[0] ?? opened.shipmentId,
      amount: gbp(1005n),
    });
    const buyer = await show(viewer(buyerId), orderId);
    expect(buyer).toMatchObject({
      status: 'DELIVERED',
      shipments: [{ disputed: true }, { disputed: false }],
    });
    expect(buyer.timeline.filter(({ type }: { type: string }) => type === 'DisputeOpened')).toEqual([
      {
        ...{ type: 'DisputeOpened', actor: 'BUYER', user: { id: buyerId }, reason: 'DAMAGED' },
        ...{ detail: null, amount: null, shipmentId: opened.shipmentId },
      },
    ]);
    await orders.hear(disputeDecided, decided(order, 700n, 1000n));
    await orders.hear(disputeDecided, decided(order, 700n, 1000n));
    expect(await orders.audit(orderId)).toMatchObject({ status: 'DELIVERED' });
    await orders.hear(paymentReleased, {
      ...{ orderId, shipmentId: opened.shipmentId, amount: gbp(1000n), disputeId },
    });
    expect(await show(viewer('potter', 'SELLER'), orderId)).toMatchObject({
      status: 'COMPLETED',
      shipments: [{ disputed: false }],
      timeline: expect.arrayContaining([
        expect.objectContaining({
          ...{ type: 'DisputeDecided', actor: 'ADMIN', user: null, detail: 'Decided for the buyer.' },
          amount: { amount: '7.00' },
        }),
      ]),
    });
    const { timeline } = await show(viewer('grocer', 'SELLER'), orderId);
    expect(JSON.stringify(timeline)).not.toContain('Dispute');
    expect((await orders.timeline(orderId)).slice(-3)).toEqual([
      'ShipmentReleased',
      'DisputeDecided',
      'ShipmentReleased',
    ]);
  });

  it('is complete when nothing is left to release', async () => {
    const order = await paid({ mug: 2 });
    await send(order);
    await orders.hear(disputeDecided, decided(order, 1700n, 0n));
    await orders.hear(disputeOpened, order.opened);
    expect(await show(viewer(order.buyerId), order.orderId)).toMatchObject({
      status: 'COMPLETED',
      shipments: [{ disputed: false }],
    });
  });

  it('takes back what was disputed, for what is left of its price', async () => {
    const order = await paid({ mug: 2 });
    const { buyerId, orderId, opened } = order;
    const { shipmentId } = opened;
    await send(order);
    await orders.hear(disputeOpened, opened);
    await orders.hear(disputeDecided, decided(order, 1600n, 100n));
    const returned = async (key: string) => {
      const asked = await orders.app.requestReturn(actor(buyerId), {
        ...{ shipmentId, idempotencyKey: key, reason: 'DAMAGED', comment: null },
        lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }],
      });
      if (!asked.ok) throw new Error(asked.refusal);
      await orders.app.approveReturn(actor('potter'), asked.returnId);
      const back = { variantId: asId<'Variant'>('mug'), quantity: 1, locationId: null };
      await orders.app.receiveReturn(actor('potter'), asked.returnId, {
        ...{ lines: [{ ...back, disposition: 'RESTOCK' }], refund: null, reason: null },
      });
      return (await orders.app.reads.returns([asked.returnId]))[0];
    };
    expect(await returned('one')).toMatchObject({ status: 'RECEIVED', refund: gbp(100n) });
    expect(await returned('other')).toMatchObject({ status: 'REFUNDED', refund: gbp(0n) });
    expect((await orders.app.reads.shipments([orderId]))[0]).toMatchObject([{ back: gbp(1700n) }]);
  });

  it('does not send what was paid back in full, and inventory hears of it', async () => {
    const [parts, whole] = [await paid(), await paid({ mug: 2 })];
    for (const order of [parts, whole]) {
      await orders.hear(disputeOpened, order.opened);
      await orders.hear(disputeDecided, decided(order, 1700n, 0n));
    }
    expect(await orders.shipmentsOf(parts.orderId)).toMatchObject([{ status: 'CANCELLED' }, {}]);
    expect((await orders.sent(parts.orderId)).at(-1)).toMatchObject({
      fact: 'lines-cancelled',
      payload: { shipmentId: parts.opened.shipmentId },
    });
    expect(await orders.audit(whole.orderId)).toMatchObject({ status: 'CANCELLED' });
    expect((await orders.sent(whole.orderId)).at(-1)).toMatchObject({ fact: 'cancelled' });
  });

  it('is told of what is released before it was sent', async () => {
    const order = await paid({ mug: 2 });
    const { orderId, buyerId, opened } = order;
    const release = { orderId, shipmentId: opened.shipmentId, amount: gbp(1700n) };
    expect(await orders.hear(paymentReleased, release)).toMatchObject({
      reason: expect.stringContaining('NOT_SHIPPED'),
    });
    await orders.hear(paymentReleased, { ...release, disputeId });
    expect(await orders.audit(orderId)).toMatchObject({ status: 'CONFIRMED' });
    await send(order);
    expect(await show(viewer(buyerId), orderId)).toMatchObject({ status: 'COMPLETED' });
    expect((await orders.audit(orderId))?.history).toEqual([
      ...['PENDING', 'RESERVED', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED'],
    ]);
  });

  it('is not undone by who lost: what was decided before it was sent is not called off', async () => {
    const order = await paid();
    const { orderId, buyerId, opened } = order;
    await orders.hear(disputeOpened, opened);
    await orders.hear(disputeDecided, {
      ...{ ...decided(order, 0n, 1700n), outcome: 'SELLER' },
    });
    const settled = { ok: false, refusal: 'ALREADY_SETTLED' };
    const mugs = { variantId: asId<'Variant'>('mug'), quantity: 2 };
    const { app } = orders;
    expect(await app.cancelLine(actor(buyerId), orderId, mugs, null)).toEqual(settled);
    expect(await app.cancelShipment(actor('potter'), opened.shipmentId, null)).toEqual(settled);
    expect(await app.cancelOrder(actor(buyerId), orderId, null)).toEqual(settled);
    expect((await orders.sent(orderId)).map(({ fact }) => fact)).not.toContain('lines-cancelled');
  });

  it('shows whose word it was, and that nobody sent what a decision took to be all', async () => {
    const order = await paid({ mug: 2 });
    const { orderId, buyerId, opened } = order;
    await orders.app.shipShipment(actor('potter'), {
      ...{ shipmentId: opened.shipmentId, carrier: 'Royal Mail', trackingNumber: 'RM-0001' },
      lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }],
    });
    await orders.hear(disputeOpened, opened);
    await orders.hear(disputeDecided, decided(order, 1700n, 0n));
    const { timeline, status } = await show(viewer(buyerId), orderId);
    expect(status).toBe('COMPLETED');
    expect(timeline.slice(-3)).toMatchObject([
      { type: 'DisputeDecided', actor: 'ADMIN', amount: { amount: '17.00' } },
      { type: 'LinesCancelled', actor: 'ADMIN', amount: { amount: '0.00' } },
      { type: 'ShipmentShipped', actor: 'SYSTEM', user: null, detail: expect.stringMatching(/called off/) },
    ]);
  });
});
