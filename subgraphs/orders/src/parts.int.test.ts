/** An order in parts: parcels, and what is called off before it leaves. */
import { backorderFilled, paymentReleased } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderId, ShipmentId, UserId } from './application/ports.ts';
import { actor, createTestOrders, gbp, type TestOrders, variant } from './test-orders.ts';

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
const [potter, grocer] = [actor('potter'), actor('grocer')];
const units = (id: string, quantity: number) => ({ variantId: asId<'Variant'>(id), quantity });
const onlooker = (id: UserId) => ({ id, readsAll: false });

const paid = async () => {
  const placed = await orders.placePaid(both);
  const [pots, food] = (await orders.shipmentsOf(placed.orderId)).map(({ id }) => asId<'Shipment'>(id));
  if (!pots || !food) throw new Error('an order of two sellers has two shipments');
  return { ...placed, pots, food };
};
const parcel = (shipmentId: ShipmentId, trackingNumber: string, ...lines: ReturnType<typeof units>[]) => ({
  ...{ shipmentId, carrier: 'Royal Mail', trackingNumber },
  lines: lines.length > 0 ? lines : null,
});
const linesOf = async (orderId: OrderId) => {
  const [lines] = await orders.app.reads.lines([orderId]);
  return lines?.map(({ variantId, cancelled, shipped }) => [variantId, cancelled, shipped]);
};
const factsOf = async (orderId: OrderId) => (await orders.sent(orderId)).map(({ fact }) => fact).slice(3);
const isSameRebuilt = async () =>
  expect(await orders.rebuild({ check: true })).toMatchObject({ differences: [], different: 0 });

describe('a shipment in several parcels', () => {
  it('has left when its last one has, and shows each', async () => {
    const { orderId, buyerId, pots } = await paid();
    await orders.app.shipShipment(potter, parcel(pots, 'RM-0001', units('mug', 1)));
    expect(await orders.shipmentsOf(orderId)).toMatchObject([{ status: 'PENDING' }, {}]);
    expect(await factsOf(orderId)).toEqual([]);
    expect(await orders.app.confirmDelivery(actor(buyerId), pots)).toMatchObject({
      refusal: 'NOT_SHIPPED',
    });
    await orders.app.shipShipment(potter, parcel(pots, 'RM-0002'));
    await orders.app.confirmDelivery(actor(buyerId), pots);
    const [[shown] = []] = await orders.app.reads.shipments([orderId]);
    expect(shown).toMatchObject({ status: 'DELIVERED', trackingNumber: 'RM-0002' });
    expect(shown?.parcels).toEqual([
      { ...left('RM-0001'), lines: [units('mug', 1)] },
      { ...left('RM-0002'), lines: [units('mug', 1), units('jug', 1)] },
    ]);
    expect(await factsOf(orderId)).toEqual(['shipped', 'delivered']);
    await isSameRebuilt();
  });
});

const left = (trackingNumber: string) => ({
  ...{ carrier: 'Royal Mail', trackingNumber },
  ...{ shippedAt: expect.any(String), deliveredAt: expect.any(String) },
});

describe('a part that is called off', () => {
  it('is told to those who hold its stock and money, and shown, and the rest goes on', async () => {
    const { orderId, buyerId, pots } = await paid();
    await orders.app.cancelLine(actor(buyerId), orderId, units('mug', 1), 'Bob has one');
    expect((await orders.sent(orderId)).at(-1)).toEqual({
      fact: 'lines-cancelled',
      payload: {
        ...{ orderId, shipmentId: pots, sellerId: 'potter', cancellationId: expect.any(String) },
        lines: [units('mug', 1)],
        refund: { minor: '850', currency: 'GBP' },
      },
    });
    expect(await linesOf(orderId)).toEqual([
      ['mug', 1, 0],
      ['tea', 0, 0],
      ['jug', 0, 0],
    ]);
    await orders.app.shipShipment(potter, parcel(pots, 'RM-0001'));
    const [[shown] = []] = await orders.app.reads.shipments([orderId]);
    expect(shown).toMatchObject({ back: gbp(850n), status: 'SHIPPED' });
    await isSameRebuilt();
  });

  it('keeps what was said apart from the history, for those who see the order whole', async () => {
    const { orderId, buyerId, food } = await paid();
    await orders.app.cancelShipment(grocer, food, 'The mice were quicker');
    const events = await orders.prisma.orderEvent.findMany({ where: { orderId } });
    expect(JSON.stringify(events)).not.toContain('mice');
    const [history] = await orders.app.reads.histories([orderId]);
    expect([...(history?.said.parts.values() ?? [])]).toEqual(['The mice were quicker']);
    await orders.transact(({ privateRecords }) => privateRecords.eraseAllOf(buyerId));
    expect(await orders.prisma.cancellationNote.count({ where: { orderId } })).toBe(0);
  });

  it('is the order’s end when it is the last', async () => {
    const { orderId, buyerId, pots, food } = await paid();
    await orders.app.cancelShipment(grocer, food, null);
    await orders.app.cancelShipment(potter, pots, 'None left');
    expect(await orders.audit(orderId)).toMatchObject({
      history: ['PENDING', 'RESERVED', 'CONFIRMED', 'CANCELLED'],
    });
    expect(await factsOf(orderId)).toEqual(['lines-cancelled', 'lines-cancelled', 'cancelled']);
    const [order] = await orders.app.reads.orders([orderId], onlooker(buyerId));
    expect(order).toMatchObject({ status: 'CANCELLED' });
  });

  const sideOf = async (orderId: OrderId) => {
    const [shipments = []] = await orders.app.reads.shipments([orderId]);
    const [lines = []] = await orders.app.reads.lines([orderId]);
    return [shipments.map(({ back }) => back.minor), lines.map(({ cancelled }) => cancelled)];
  };

  it.each<[string, (order: Awaited<ReturnType<typeof paid>>) => Promise<unknown>]>([
    [
      'line by line',
      async ({ orderId, buyerId, food }) => {
        await orders.app.cancelShipment(grocer, food, null);
        await orders.app.cancelLine(actor(buyerId), orderId, units('mug', 2), null);
        await orders.app.cancelLine(actor(buyerId), orderId, units('jug', 1), null);
      },
    ],
    [
      'by its sellers',
      async ({ orderId, buyerId, pots, food }) => {
        await orders.app.cancelLine(actor(buyerId), orderId, units('mug', 1), null);
        await orders.app.cancelShipment(potter, pots, null);
        await orders.app.cancelShipment(grocer, food, null);
      },
    ],
    ['as a whole', ({ orderId, buyerId }) => orders.app.cancelOrder(actor(buyerId), orderId, null)],
    [
      'as a whole after a part',
      async ({ orderId, buyerId }) => {
        await orders.app.cancelLine(actor(buyerId), orderId, units('tea', 1), null);
        await orders.app.cancelOrder(actor(buyerId), orderId, null);
      },
    ],
  ])('counts every unit and gives back every penny, called off %s', async (_, callOff) => {
    const order = await paid();
    await callOff(order);
    expect(await orders.audit(order.orderId)).toMatchObject({ status: 'CANCELLED' });
    expect(await sideOf(order.orderId)).toEqual([
      [3700n, 1005n],
      [2, 3, 1],
    ]);
    const told = (await orders.sent(order.orderId)).filter(({ fact }) => fact === 'cancelled');
    expect(told).toHaveLength(1);
    await isSameRebuilt();
  });

  it('gives nothing back of an order that was not paid', async () => {
    const { orderId, buyerId } = await orders.place(both);
    await orders.app.cancelOrder(actor(buyerId), orderId, null);
    expect(await sideOf(orderId)).toEqual([
      [0n, 0n],
      [2, 3, 1],
    ]);
    await isSameRebuilt();
  });

  it('moves an order on to where the rest of it is', async () => {
    const { orderId, buyerId, pots, food } = await paid();
    await orders.app.shipShipment(potter, parcel(pots, 'RM-0001'));
    await orders.app.confirmDelivery(actor(buyerId), pots);
    await orders.hear(paymentReleased, { orderId, shipmentId: pots, amount: gbp(3700n) });
    await orders.app.cancelShipment(grocer, food, null);
    expect(await orders.audit(orderId)).toMatchObject({ status: 'COMPLETED', terminal: true });
    await isSameRebuilt();
  });

  it('waits for nothing any more', async () => {
    const { orderId, buyerId, pots } = await paid();
    await orders.hear(backorderFilled, {
      orderId,
      lines: [{ variantId: asId<'Variant'>('jug'), waiting: 1 }],
    });
    expect(await orders.app.shipShipment(potter, parcel(pots, 'RM-0001'))).toMatchObject({
      refusal: 'BACKORDERED',
    });
    await orders.app.cancelLine(actor(buyerId), orderId, units('jug', 1), null);
    expect(await orders.app.shipShipment(potter, parcel(pots, 'RM-0001'))).toMatchObject({ ok: true });
    await isSameRebuilt();
  });

  it('is nobody else’s to call off', async () => {
    const { orderId, food } = await paid();
    const refused = { ok: false, refusal: 'NOT_FOUND' };
    expect(await orders.app.cancelShipment(potter, food, null)).toEqual(refused);
    expect(await orders.app.cancelLine(potter, orderId, units('tea', 1), null)).toEqual(refused);
    expect(await orders.app.cancelLine(actor('stranger'), orderId, units('mug', 1), null)).toEqual(refused);
  });
});

describe('at the same moment', () => {
  const rounds = Array.from({ length: 8 }, (_, index) => index);

  it.each(rounds)('a shipment is sent or called off, never both (%i)', async (round) => {
    const { orderId, pots } = await paid();
    const ship = () => orders.app.shipShipment(potter, parcel(pots, 'RM-0001'));
    const cancel = () => orders.app.cancelShipment(potter, pots, null);
    const pair = round % 2 === 0 ? [ship(), cancel()] : [cancel(), ship()];
    const outcomes = await Promise.all(pair);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const [shipment] = await orders.shipmentsOf(orderId);
    const facts = await factsOf(orderId);
    expect(facts).toEqual([shipment?.status === 'SHIPPED' ? 'shipped' : 'lines-cancelled']);
  });

  it.each(rounds)('a unit is called off once, by the line or with the order (%i)', async (round) => {
    const { orderId, buyerId } = await paid();
    const by = actor(buyerId);
    const line = () => orders.app.cancelLine(by, orderId, units('mug', 2), null);
    const whole = () => orders.app.cancelOrder(by, orderId, null);
    await Promise.all(round % 2 === 0 ? [line(), line(), whole()] : [whole(), line(), line()]);
    expect(await orders.audit(orderId)).toMatchObject({ status: 'CANCELLED' });
    const facts = await factsOf(orderId);
    expect(facts.filter((fact) => fact === 'cancelled')).toHaveLength(1);
    expect(facts.filter((fact) => fact === 'lines-cancelled').length).toBeLessThanOrEqual(1);
  });
});
