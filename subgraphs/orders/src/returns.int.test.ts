/** What has arrived is sent back: asked for once, decided once, received once, and its money heard of. */
import { paymentRefunded, paymentReleased, userDeleted } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderId, ReturnId } from './application/ports.ts';
import type { ReturnOutcome } from './application/returns/return-outcome.ts';
import type { ArrivedUnits } from './domain/return.ts';
import { timelineOf } from './domain/timeline.ts';
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

const [potter, grocer] = [actor('potter'), actor('grocer')];
const units = (id: string, quantity: number) => ({ variantId: asId<'Variant'>(id), quantity });
const back = (
  id: string,
  quantity: number,
  disposition: 'RESTOCK' | 'WRITE_OFF' = 'RESTOCK',
): ArrivedUnits => ({
  ...{ ...units(id, quantity), disposition, locationId: null },
});
const arrival = (...lines: readonly ArrivedUnits[]) => ({ lines, refund: null, reason: null });

/** Three mugs and a jug of a potter arrived; a tea of a grocer is still to be sent. */
const arrived = async () => {
  const placed = await orders.placePaid({ mug: 3, jug: 1, tea: 1 });
  const [pots, food] = (await orders.shipmentsOf(placed.orderId)).map(({ id }) => asId<'Shipment'>(id));
  if (!pots || !food) throw new Error('an order of two sellers has two shipments');
  await orders.app.shipShipment(potter, {
    ...{ shipmentId: pots, carrier: 'Royal Mail', trackingNumber: 'RM-0001' },
  });
  const buyer = actor(placed.buyerId);
  await orders.app.confirmDelivery(buyer, pots);
  return { ...placed, buyer, pots, food };
};
type Arrived = Awaited<ReturnType<typeof arrived>>;

let keys = 0;
const newKey = () => {
  keys += 1;
  return `return ${keys}`;
};
const ask = (
  { buyer, pots }: Arrived,
  lines = [units('mug', 1)],
  { comment = null as string | null, idempotencyKey = newKey() } = {},
) =>
  orders.app.requestReturn(buyer, {
    ...{ idempotencyKey, shipmentId: pots, lines, comment },
    reason: 'DAMAGED',
  });
const idOf = (outcome: ReturnOutcome): ReturnId => {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.returnId;
};
const approved = async (order: Arrived, lines = [units('mug', 1)]) => {
  const id = idOf(await ask(order, lines));
  await orders.app.approveReturn(potter, id);
  return id;
};
const shown = async (id: ReturnId) => (await orders.app.reads.returns([id]))[0];
const factsOf = async (orderId: OrderId) => (await orders.sent(orderId)).map(({ fact }) => fact).slice(3);
const refunded = (orderId: OrderId, refundId: string, minor: bigint) =>
  orders.hear(paymentRefunded, {
    ...{ orderId, paymentId: orders.paymentOf(orderId), amount: gbp(minor) },
    refundId: asId<'Refund'>(refundId),
  });
const isSameRebuilt = async () =>
  expect(await orders.rebuild({ check: true })).toMatchObject({ differences: [], different: 0 });

describe('a return', () => {
  it('is told to those who hold stock and money when it is received, and shown to its end', async () => {
    const order = await arrived();
    const { orderId, buyerId, pots } = order;
    const id = await approved(order, [units('mug', 2), units('jug', 1)]);
    expect(await factsOf(orderId)).toEqual(['shipped', 'delivered']);
    await orders.app.receiveReturn(
      potter,
      id,
      arrival(back('mug', 1), back('mug', 1, 'WRITE_OFF'), {
        ...back('jug', 1),
        locationId: asId<'Location'>('shelf'),
      }),
    );
    expect((await orders.sent(orderId)).at(-1)).toEqual({
      fact: 'return-received',
      payload: {
        ...{ orderId, returnId: id, shipmentId: pots, sellerId: 'potter' },
        lines: [
          { variantId: 'mug', quantity: 1, disposition: 'RESTOCK' },
          { variantId: 'mug', quantity: 1, disposition: 'WRITE_OFF' },
          { variantId: 'jug', quantity: 1, disposition: 'RESTOCK', locationId: 'shelf' },
        ],
        refund: { minor: '3700', currency: 'GBP' },
      },
    });
    expect(await shown(id)).toMatchObject({
      ...{ status: 'RECEIVED', refund: gbp(3700n), buyerId, sellerId: 'potter', reason: 'DAMAGED' },
      lines: [
        { variantId: 'mug', quantity: 2, restocked: 1, writtenOff: 1 },
        { variantId: 'jug', quantity: 1, restocked: 1, writtenOff: 0 },
      ],
    });
    await refunded(orderId, id, 3700n);
    expect(await shown(id)).toMatchObject({ status: 'REFUNDED' });
    const [lines] = await orders.app.reads.lines([orderId]);
    expect(lines?.map(({ variantId, returned }) => [variantId, returned])).toEqual([
      ['mug', 2],
      ['jug', 1],
      ['tea', 0],
    ]);
    const [[shipment] = []] = await orders.app.reads.shipments([orderId]);
    expect(shipment).toMatchObject({ status: 'DELIVERED', back: gbp(3700n) });
    expect(await orders.audit(orderId)).toMatchObject({
      history: ['PENDING', 'RESERVED', 'CONFIRMED'],
    });
    await isSameRebuilt();
  });

  it('gives back all that was paid for what comes back in parts, and is as it was at any time', async () => {
    const order = await arrived();
    const { orderId } = order;
    const before = await orders.transact(({ now }) => now());
    for (const _ of [1, 2, 3]) {
      await orders.app.receiveReturn(potter, await approved(order), arrival(back('mug', 1)));
    }
    const [returns] = await orders.app.reads.returnsOf([orderId]);
    expect(returns?.map(({ refund }) => refund?.minor)).toEqual([850n, 850n, 850n]);
    expect(await ask(order)).toEqual({ ok: false, refusal: 'MORE_THAN_LEFT' });
    const buyer = { id: order.buyerId, readsAll: false };
    const now = await orders.transact((ports) => ports.now());
    expect((await orders.app.orderAsOf(orderId, before, buyer))?.past.returns).toEqual([]);
    expect((await orders.app.orderAsOf(orderId, now, buyer))?.past.returns).toEqual(returns);
    await isSameRebuilt();
  });

  it('ends with no money when none is given back', async () => {
    const order = await arrived();
    const id = await approved(order);
    const broken = { lines: [back('mug', 1, 'WRITE_OFF')], refund: gbp(0n), reason: 'It was used' };
    await orders.app.receiveReturn(potter, id, broken);
    expect(await shown(id)).toMatchObject({
      ...{ status: 'REFUNDED', refund: gbp(0n) },
      said: { RECEIPT: 'It was used' },
    });
    await isSameRebuilt();
  });

  it('may follow the end of its order, which it does not change', async () => {
    const order = await arrived();
    const { orderId, pots, food } = order;
    await orders.app.cancelShipment(grocer, food, null);
    await orders.hear(paymentReleased, { orderId, shipmentId: pots, amount: gbp(4550n) });
    expect(await orders.audit(orderId)).toMatchObject({ status: 'COMPLETED' });
    const id = await approved(order);
    await orders.app.receiveReturn(potter, id, arrival(back('mug', 1)));
    await refunded(orderId, id, 850n);
    expect(await orders.audit(orderId)).toMatchObject({ status: 'COMPLETED', terminal: true });
    expect(await shown(id)).toMatchObject({ status: 'REFUNDED' });
    await isSameRebuilt();
  });

  it('has its time, by the database’s clock', async () => {
    const order = await arrived();
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    const owner = orders.asOwner();
    await owner.$executeRaw`
      UPDATE order_events SET at = ${longAgo} WHERE order_id = ${order.orderId} AND type = 'ShipmentDelivered'`;
    await owner.$disconnect();
    await orders.rebuild();
    expect(await ask(order)).toEqual({ ok: false, refusal: 'TOO_LATE' });
  });

  it('is nobody else’s', async () => {
    const order = await arrived();
    const id = idOf(await ask(order));
    const none = { ok: false, refusal: 'NOT_FOUND' };
    expect(await ask({ ...order, buyer: actor('stranger') })).toEqual(none);
    expect(await orders.app.approveReturn(grocer, id)).toEqual(none);
    expect(await orders.app.rejectReturn(order.buyer, id, 'No')).toEqual(none);
    expect(await orders.app.cancelReturn(potter, id)).toEqual(none);
    expect(await orders.app.receiveReturn(grocer, id, arrival(back('mug', 1)))).toEqual(none);
    expect(await orders.app.cancelReturn(order.buyer, asId('gone'))).toEqual(none);
  });
});

describe('what is said of a return', () => {
  it('is apart from its history, for those who take part in it, until the buyer is gone', async () => {
    const order = await arrived();
    const { orderId, buyerId } = order;
    const id = idOf(await ask(order, [units('mug', 1)], { comment: 'Grandma dropped it' }));
    await orders.app.rejectReturn(potter, id, 'She told me so');
    const events = await orders.prisma.orderEvent.findMany({ where: { orderId } });
    const messages = await orders.prisma.outboxMessage.findMany({ where: { aggregateId: orderId } });
    const kept = JSON.stringify([events, messages.map(({ envelope }) => envelope)]);
    expect(kept).not.toMatch(/Grandma|told me/);

    const timelineFor = async (part: 'WHOLE' | 'potter' | 'grocer') => {
      const [history] = await orders.app.reads.histories([orderId]);
      const onlooker = { id: part === 'WHOLE' ? buyerId : asId<'User'>(part), readsAll: false };
      return timelineOf(
        history?.recorded ?? [],
        history?.said ?? { whole: null, parts: new Map(), returns: [] },
        {
          ...{ part: part === 'WHOLE' ? part : asId<'User'>(part), onlooker },
        },
      ).filter(({ type }) => type.startsWith('Return'));
    };
    const entries = (person: string | null) => [
      { actor: 'BUYER', userId: buyerId, returnId: id, detail: '1 × A mug', reason: 'Grandma dropped it' },
      { actor: 'SELLER', userId: person, returnId: id, reason: 'She told me so' },
    ];
    expect(await timelineFor('WHOLE')).toMatchObject(entries(null));
    expect(await timelineFor('potter')).toMatchObject(entries('potter'));
    expect(await timelineFor('grocer')).toEqual([]);

    await orders.hear(userDeleted, { userId: buyerId });
    expect(await orders.prisma.returnNote.count({ where: { orderId } })).toBe(0);
    expect(await timelineFor('WHOLE')).toMatchObject([{ reason: 'DAMAGED' }, { reason: null }]);
    const again = idOf(await ask(order, [units('mug', 1)], { comment: 'Grandma again' }));
    expect(await shown(again)).toMatchObject({ said: {} });
  });
});

describe('an idempotency key', () => {
  it('is one return, however often it is sent, and no other’s', async () => {
    const order = await arrived();
    const key = { idempotencyKey: 'one', comment: 'Cracked' };
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => ask(order, [units('mug', 1)], key)));
    expect(first).toMatchObject({ ok: true });
    for (const other of others) expect(other).toEqual(first);
    expect(await ask(order, [units('mug', 2)], key)).toEqual({
      ok: false,
      refusal: 'IDEMPOTENCY_MISMATCH',
    });
    expect(await orders.prisma.return.count({ where: { orderId: order.orderId } })).toBe(1);
  });

  it('is bound by a return alone', async () => {
    const order = await arrived();
    const key = { idempotencyKey: 'another' };
    expect(await ask(order, [units('mug', 4)], key)).toMatchObject({ refusal: 'MORE_THAN_LEFT' });
    expect(await ask(order, [units('mug', 3)], key)).toMatchObject({ ok: true });
  });
});

describe('at the same moment', () => {
  const rounds = Array.from({ length: 8 }, (_, index) => index);

  it.each(rounds)('the last unit is asked for once (%i)', async () => {
    const order = await arrived();
    const outcomes = await Promise.all([1, 2, 3].map(() => ask(order, [units('jug', 1)])));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter((each) => !each.ok && each.refusal === 'MORE_THAN_LEFT')).toHaveLength(2);
  });

  it.each(rounds)('a return is received once (%i)', async (round) => {
    const order = await arrived();
    const id = await approved(order, [units('mug', 2)]);
    const all = () => orders.app.receiveReturn(potter, id, arrival(back('mug', 2)));
    const half = () => orders.app.receiveReturn(potter, id, arrival(back('mug', 1)));
    const outcomes = await Promise.all(round % 2 === 0 ? [all(), half()] : [half(), all()]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: 'ALREADY_RECEIVED' });
    const facts = await factsOf(order.orderId);
    expect(facts.filter((fact) => fact === 'return-received')).toHaveLength(1);
  });

  it.each(rounds)('a return is rejected or received, never both (%i)', async (round) => {
    const order = await arrived();
    const id = await approved(order);
    const reject = () => orders.app.rejectReturn(potter, id, 'It never came');
    const receive = () => orders.app.receiveReturn(potter, id, arrival(back('mug', 1)));
    const withdraw = () => orders.app.cancelReturn(order.buyer, id);
    const three = round % 2 === 0 ? [reject(), receive(), withdraw()] : [withdraw(), receive(), reject()];
    const outcomes = await Promise.all(three);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const view = await shown(id);
    const facts = await factsOf(order.orderId);
    expect(facts.includes('return-received')).toBe(view?.status === 'RECEIVED');
    expect(view?.said.RECEIPT).toBeUndefined();
    expect(view?.said.REJECTION).toBe(view?.status === 'REJECTED' ? 'It never came' : undefined);
  });
});

describe('a seller’s list', () => {
  it('has theirs in pages, of any statuses, in either order', async () => {
    const order = await arrived();
    const ids = [];
    for (const _ of [1, 2, 3]) ids.push(idOf(await ask(order)));
    await orders.app.approveReturn(potter, ids[1] as ReturnId);
    const list = async (
      statuses: readonly ('REQUESTED' | 'APPROVED')[],
      page: { limit: number; after: string | null },
      sort: 'NEWEST' | 'OLDEST' = 'NEWEST',
      sellerId = potter.id,
    ) => {
      const found = await orders.app.reads.returnsOfSeller({ sellerId, statuses, sort }, page);
      return found.filter(({ orderId }) => orderId === order.orderId).map(({ id }) => id);
    };
    const [first, second, third] = ids;
    expect(await list([], { limit: 2, after: null })).toEqual([third, second]);
    expect(await list([], { limit: 1, after: second ?? null })).toEqual([first]);
    expect(await list(['REQUESTED'], { limit: 2, after: null })).toEqual([third, first]);
    expect(await list(['APPROVED', 'REQUESTED'], { limit: 9, after: first ?? null }, 'OLDEST')).toEqual([
      second,
      third,
    ]);
    expect(await list([], { limit: 9, after: null }, 'NEWEST', grocer.id)).toEqual([]);
  });
});
