/** What came back of a shipment gives its price back, once, from wherever the money is by then. */
import {
  linesCancelled,
  orderDelivered,
  orderShipped,
  paymentRequested,
  returnReceived,
} from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { eventually, testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

const card = createTestProvider();
let payments: TestPayments;

beforeAll(async () => {
  payments = openPayments((await testDatabase('payments')).url, card.provider);
  payments.startWork();
});
afterEach(async () => {
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(() => payments.stop());

type Order = ReturnType<typeof anOrder>;

const first = ({ orderId, shipments }: Order) => {
  const { shipmentId, sellerId } = shipments[0] ?? {};
  if (!shipmentId || !sellerId) throw new Error('an order has shipments');
  return { orderId, shipmentId, sellerId };
};
const rowOf = ({ orderId }: Order) => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
const escrowOf = (order: Order) =>
  payments.prisma.escrow.findUniqueOrThrow({ where: { shipmentId: first(order).shipmentId } });
const balanceOf = async (id: string) => {
  const [wallets] = await payments.app.findWallets([id], { id, roles: [], address: null });
  return wallets?.[0]?.balance.minor;
};
const lossOf = async () => {
  const rows = await payments.prisma.$queryRaw<{ total: bigint }[]>`
    SELECT coalesce(sum(amount), 0)::bigint AS total FROM entries WHERE account_id LIKE 'claims:%:GBP'`;
  return rows[0]?.total ?? 0n;
};
const captured = async (order = anOrder()): Promise<Order> => {
  await payments.hear(paymentRequested, order);
  await eventually(async () => expect(await rowOf(order)).toMatchObject({ status: 'CAPTURED' }));
  const { orderId, shipmentId } = first(order);
  await payments.hear(orderShipped, { orderId, shipmentId });
  return order;
};
const delivered = (order: Order) => {
  const { orderId, shipmentId } = first(order);
  return payments.hear(orderDelivered, { orderId, shipmentId });
};
const returned = (order: Order, minor: bigint, returnId = asId<'Return'>(newId())) =>
  payments.hear(returnReceived, {
    ...{ ...first(order), returnId, refund: { minor, currency: 'GBP' } },
    lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1, disposition: 'RESTOCK' }],
  });
const refunded = (order: Order, minor: bigint) =>
  eventually(async () => expect(await rowOf(order)).toMatchObject({ refunded: minor, refunding: 0n }));
const disputed = async (order: Order) => {
  const outcome = await payments.app.openDispute({
    ...{ userId: order.buyerId, shipmentId: first(order).shipmentId, reason: 'DAMAGED' },
    ...{ note: null, idempotencyKey: newId() },
  });
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.dispute.id;
};
/** What orders hears of it. */
const told = async ({ orderId }: Order, fact: string) => {
  const rows = await payments.prisma.outboxMessage.findMany({
    where: { aggregateId: orderId, subject: `emporium.payments.${fact}.v1` },
    orderBy: { position: 'asc' },
  });
  return rows.map(({ envelope }) => (envelope as { payload: Record<string, unknown> }).payload);
};

describe('what is given back for what came back', () => {
  it('is taken out of escrow when that is heard first, and the seller gets the rest', async () => {
    const order = await captured();
    const returnId = asId<'Return'>(newId());
    await returned(order, 200n, returnId);
    await refunded(order, 200n);
    await delivered(order);
    expect(await escrowOf(order)).toMatchObject({ state: 'RELEASED', refunded: 200n, released: 500n });
    expect(await balanceOf(first(order).sellerId)).toBe(500n);
    expect(await told(order, 'refunded')).toMatchObject([
      { refundId: returnId, amount: { minor: '200', currency: 'GBP' } },
    ]);
  });

  it('is the seller’s to give once they were paid, and what they lack the platform’s', async () => {
    const order = await captured();
    const { sellerId } = first(order);
    await delivered(order);
    await returned(order, 200n);
    expect(await balanceOf(sellerId)).toBe(500n);
    const before = await lossOf();
    await payments.app.withdraw({
      ...{ userId: sellerId, idempotencyKey: newId(), amount: { minor: 450n, currency: 'GBP' } },
    });
    await returned(order, 300n);
    await refunded(order, 500n);
    expect(await balanceOf(sellerId)).toBe(0n);
    expect((await lossOf()) - before).toBe(250n);
    expect(await escrowOf(order)).toMatchObject({ released: 700n, reclaimed: 500n });
  });

  const rounds = Array.from({ length: 6 }, (_, index) => index);

  it.each(rounds)('goes back once, however often it is heard, also while it is released (%i)', async () => {
    const order = await captured();
    const [early, late] = [asId<'Return'>(newId()), asId<'Return'>(newId())];
    await Promise.all([returned(order, 100n, early), delivered(order), returned(order, 100n, early)]);
    await Promise.all([
      returned(order, 50n, late),
      returned(order, 50n, late),
      returned(order, 100n, early),
    ]);
    await refunded(order, 150n);
    expect(await balanceOf(first(order).sellerId)).toBe(550n);
    expect((await told(order, 'refunded')).map(({ refundId }) => refundId).toSorted()).toEqual(
      [early, late].toSorted(),
    );
  });

  it('is never more than was paid, with what was called off', async () => {
    const order = await captured();
    await payments.hear(linesCancelled, {
      ...{ ...first(order), cancellationId: asId<'Cancellation'>(newId()) },
      ...{ refund: { minor: 200n, currency: 'GBP' } },
      lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }],
    });
    await delivered(order);
    const tooMuch = { reason: expect.stringContaining('MORE_THAN_PAID') };
    expect(await returned(order, 501n)).toMatchObject(tooMuch);
    await returned(order, 500n);
    expect(await returned(order, 1n)).toMatchObject(tooMuch);
    await refunded(order, 700n);
    expect(await balanceOf(first(order).sellerId)).toBe(0n);
  });

  it('may be all of it before the release, which then pays nothing and is told', async () => {
    const order = await captured();
    await returned(order, 700n);
    expect(await escrowOf(order)).toMatchObject({ state: 'HELD', refunded: 700n });
    await delivered(order);
    await delivered(order);
    await refunded(order, 700n);
    expect(await told(order, 'released')).toMatchObject([{ amount: { minor: '0', currency: 'GBP' } }]);
    expect(await balanceOf(first(order).sellerId)).toBe(0n);
    expect(await returned(order, 1n)).toMatchObject({ reason: expect.stringContaining('MORE_THAN_PAID') });
  });

  it('is what a dispute left of it, which is told when it is nothing', async () => {
    const order = await captured();
    const [early, late] = [asId<'Return'>(newId()), asId<'Return'>(newId())];
    const disputeId = await disputed(order);
    await delivered(order);
    const { shipmentId } = first(order);
    await payments.app.decideDispute({
      ...{ userId: 'admin', disputeId, inFavourOf: 'BUYER', refund: { minor: 600n, currency: 'GBP' } },
    });
    await returned(order, 300n, early);
    await returned(order, 200n, late);
    await refunded(order, 700n);
    expect(await escrowOf(order)).toMatchObject({
      shipmentId,
      refunded: 600n,
      released: 100n,
      reclaimed: 100n,
    });
    const ofReturns = (await told(order, 'refunded')).filter(({ refundId }) =>
      [early, late].some((id) => id === refundId),
    );
    expect(ofReturns).toHaveLength(2);
    expect(ofReturns).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ refundId: early, amount: { minor: '100', currency: 'GBP' } }),
        expect.objectContaining({ refundId: late, amount: { minor: '0', currency: 'GBP' } }),
      ]),
    );
    expect(await balanceOf(first(order).sellerId)).toBe(0n);
  });

  it('leaves a dispute nothing to decide when it is all of it', async () => {
    const order = await captured();
    await disputed(order);
    await delivered(order);
    await returned(order, 700n);
    await refunded(order, 700n);
    expect(await escrowOf(order)).toMatchObject({ state: 'REFUNDED', frozenBy: null });
    expect(await told(order, 'dispute-decided')).toMatchObject([{ outcome: 'LAPSED' }]);
    await delivered(order);
    expect(await told(order, 'released')).toEqual([]);
  });

  it('takes the commission on it back, too', async () => {
    const order = anOrder();
    const { sellerId } = first(order);
    await payments.app.setCommissionRate(
      { sellerId, currency: 'GBP', basisPoints: 1000, validFrom: null },
      asId<'User'>('admin'),
    );
    await captured(order);
    await delivered(order);
    expect(await balanceOf(sellerId)).toBe(630n);
    await returned(order, 200n);
    await refunded(order, 200n);
    expect(await balanceOf(sellerId)).toBe(450n);
    expect(await escrowOf(order)).toMatchObject({ released: 700n, reclaimed: 200n, commission: 50n });
  });

  it('is nothing when nothing is given back', async () => {
    const order = await captured();
    await returned(order, 0n);
    expect(await rowOf(order)).toMatchObject({ refunded: 0n, refunding: 0n });
    expect(await told(order, 'refunded')).toEqual([]);
  });

  it('goes back at once to a wallet', async () => {
    const order = anOrder('WALLET');
    await payments.app.topUpWallet({
      ...{ userId: order.buyerId, token: 'tok', idempotencyKey: newId() },
      amount: { minor: 1000n, currency: 'GBP' },
    });
    await captured(order);
    await delivered(order);
    await returned(order, 200n);
    expect(await balanceOf(order.buyerId)).toBe(200n);
  });
});
