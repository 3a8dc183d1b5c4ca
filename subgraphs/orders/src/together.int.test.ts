/** Messages that arrived together are handled in one transaction, as each would be alone. */
import { paymentCaptured, stockReserved } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestOrders, gbp, sealForTests, type TestOrders, variant } from './test-orders.ts';

let orders: TestOrders;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  await orders.sell(
    ...[variant('mug'), variant('lamp')],
    ...[variant('vase', { sellerId: 'potter' }), variant('jar', { sellerId: 'other potter' })],
  );
});
afterAll(() => orders.stop());

const placed = (count: number, quantities: Record<string, number> = { mug: 1, lamp: 2 }) =>
  Promise.all(Array.from({ length: count }, () => orders.place(quantities)));

const messagesOf = (orderId: string, subject: string) =>
  orders.prisma.$queryRaw<{ causationId: string; payload: { sealedToken?: string } }[]>`
    SELECT envelope ->> 'causationId' AS "causationId", envelope -> 'payload' AS payload
    FROM outbox WHERE aggregate_id = ${orderId} AND subject = ${subject}`;

const capturedOf = ({ orderId, total }: Awaited<ReturnType<typeof placed>>[number]) => ({
  ...{ orderId, paymentId: orders.paymentOf(orderId), amount: total },
});

it('moves each order on by its own cause, and asks for each payment with its own token', async () => {
  const all = await placed(5);
  await orders.hearTogether(
    stockReserved,
    all.map(({ orderId }) => ({ orderId })),
  );
  const causes = new Set<string>();
  for (const { orderId } of all) {
    const [event] = await orders.prisma.$queryRaw<{ causationId: string }[]>`
      SELECT causation_id AS "causationId" FROM order_events WHERE order_id = ${orderId} AND sequence = 2`;
    const [asked, ...more] = await messagesOf(orderId, 'emporium.orders.payment-requested.v1');
    expect(more).toEqual([]);
    expect(asked?.causationId).toBe(event?.causationId);
    expect(asked?.payload).toMatchObject({
      ...{ orderId, method: 'CARD' },
      sealedToken: await sealForTests('tok_ok', orderId),
    });
    causes.add(event?.causationId ?? '');
  }
  expect(causes.size).toBe(5);
  expect(await orders.prisma.orderPaymentToken.count()).toBe(0);
});

it('numbers what each seller receives without a gap', async () => {
  const all = await placed(4, { vase: 1, jar: 2 });
  await orders.hearTogether(
    stockReserved,
    all.map(({ orderId }) => ({ orderId })),
  );
  await orders.hearTogether(paymentCaptured, all.slice(0, 1).map(capturedOf));
  await orders.hearTogether(paymentCaptured, all.slice(1).map(capturedOf));
  for (const sellerId of ['potter', 'other potter']) {
    const rows = await orders.prisma.$queryRaw<{ sequence: number; orderId: string }[]>`
      SELECT sequence, order_id AS "orderId" FROM received_orders WHERE seller_id = ${sellerId} ORDER BY sequence`;
    expect(rows).toEqual(all.map(({ orderId }, index) => ({ sequence: index + 1, orderId })));
  }
});

it('hears of one order one by one, and refuses what is refused alone', async () => {
  const [first, second] = await placed(2);
  if (!first || !second) throw new Error('two were placed');
  expect(
    await orders.hearTogether(stockReserved, [
      { orderId: first.orderId },
      { orderId: second.orderId },
      { orderId: first.orderId },
    ]),
  ).toEqual({ type: 'ack' });
  const events = await orders.prisma.$queryRaw<{ type: string }[]>`
    SELECT type FROM order_events WHERE order_id = ${first.orderId} ORDER BY sequence`;
  expect(events.map(({ type }) => type)).toEqual(['Placed', 'StockReserved']);
  const wrong = { orderId: second.orderId, paymentId: asId<'Payment'>('p'), amount: gbp(1n) };
  expect(await orders.hearTogether(paymentCaptured, [capturedOf(first), wrong])).toMatchObject({
    type: 'park',
    reason: expect.stringContaining('WRONG_AMOUNT'),
  });
});
