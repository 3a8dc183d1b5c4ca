/** A buyer disputes a shipment: its money waits, goes where somebody decides, and goes there once. */
import {
  linesCancelled,
  orderCancelled,
  orderDelivered,
  orderShipped,
  paymentRequested,
  userDeleted,
} from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { eventually, testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Decision } from './application/dispute-shipments.ts';
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

const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
const rowOf = ({ orderId }: Order) => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
const first = ({ orderId, shipments }: Order) => {
  const { shipmentId, sellerId } = shipments[0] ?? {};
  if (!shipmentId || !sellerId) throw new Error('an order has shipments');
  return { orderId, shipmentId, sellerId };
};
const escrowOf = (order: Order) =>
  payments.prisma.escrow.findUniqueOrThrow({ where: { shipmentId: first(order).shipmentId } });
const walletOf = async (userId: string) => {
  const [wallets] = await payments.app.findWallets([userId], { id: userId, roles: [], address: null });
  return { balance: wallets?.[0]?.balance.minor, pending: wallets?.[0]?.pending.minor };
};
const captured = async (order = anOrder()): Promise<Order> => {
  await payments.hear(paymentRequested, order);
  await eventually(async () => expect(await rowOf(order)).toMatchObject({ status: 'CAPTURED' }));
  return order;
};
const settled = (order: Order, minor: bigint) =>
  eventually(async () => expect(await rowOf(order)).toMatchObject({ refunded: minor, refunding: 0n }));
const deliver = (order: Order) => {
  const { orderId, shipmentId } = first(order);
  return payments.hear(orderDelivered, { orderId, shipmentId });
};
const ship = (order: Order) => {
  const { orderId, shipmentId } = first(order);
  return payments.hear(orderShipped, { orderId, shipmentId });
};
const callOff = (order: Order, minor: bigint) =>
  payments.hear(linesCancelled, {
    ...first(order),
    cancellationId: asId<'Cancellation'>(newId()),
    refund: gbp(minor),
    lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }],
  });
const open = (order: Order, more: { userId?: string; idempotencyKey?: string; note?: string } = {}) =>
  payments.app.openDispute({
    ...{ userId: order.buyerId, shipmentId: first(order).shipmentId, reason: 'DAMAGED' },
    ...{ note: null, idempotencyKey: newId(), ...more },
  });
const disputed = async (order?: Order) => {
  const of = order ?? (await captured());
  const outcome = await open(of);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return { order: of, disputeId: outcome.dispute.id };
};
const decide = (disputeId: string, decision: Decision) =>
  payments.app.decideDispute({ userId: 'admin', disputeId, ...decision });
const forSeller: Decision = { inFavourOf: 'SELLER' };
const forBuyer = (minor: bigint | null): Decision => ({
  inFavourOf: 'BUYER',
  refund: minor === null ? null : gbp(minor),
});
const told = async ({ orderId }: Order) => {
  const rows = await payments.prisma.outboxMessage.findMany({
    where: { aggregateId: orderId },
    orderBy: { position: 'asc' },
  });
  return rows.map(({ subject, envelope }) => {
    const { payload } = envelope as { payload: Record<string, unknown> };
    return { subject: subject.replace('emporium.payments.', ''), ...payload };
  });
};
const inDays = async (days: number) => {
  const now = Date.parse(await payments.app.now());
  return asInstantOf(now + days * 86_400_000);
};
const asInstantOf = (milliseconds: number) => new Date(milliseconds).toISOString() as never;

describe('a disputed shipment', () => {
  it('is paid neither by delivery nor by time, and its seller sees the money as pending', async () => {
    const { order } = await disputed();
    await ship(order);
    await deliver(order);
    await payments.releaseOverdue(await inDays(8));
    expect(await escrowOf(order)).toMatchObject({ state: 'HELD', frozenBy: expect.any(String) });
    expect(await walletOf(first(order).sellerId)).toEqual({ balance: 0n, pending: 700n });
  });

  it('is its buyer’s to dispute, and of this order', async () => {
    const order = await captured();
    const refused = { ok: false, refusal: 'NOT_FOUND' };
    expect(await open(order, { userId: first(order).sellerId })).toEqual(refused);
    expect(await open(order, { userId: newId() })).toEqual(refused);
    expect(await open(anOrder())).toEqual(refused);
  });

  it('was paid for', async () => {
    const order = anOrder('WALLET');
    await payments.hear(paymentRequested, order);
    expect(await open(order)).toEqual({ ok: false, refusal: 'NOT_PAID' });
  });

  it('is disputed once, and the same wish again gives the same dispute', async () => {
    const order = await captured();
    const key = newId();
    const [one, other] = [
      await open(order, { idempotencyKey: key }),
      await open(order, { idempotencyKey: key }),
    ];
    expect(one.ok).toBe(true);
    expect(other).toEqual(one);
    expect(await open(order, { idempotencyKey: key, note: 'and more' })).toEqual({
      ok: false,
      refusal: 'IDEMPOTENCY_MISMATCH',
    });
    expect(await open(order)).toEqual({ ok: false, refusal: 'ALREADY_DISPUTED' });
  });

  it('is disputed by one of two who ask at once', async () => {
    const order = await captured();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => open(order)));
    const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]));
    expect(refusals).toEqual(Array.from({ length: 7 }, () => 'ALREADY_DISPUTED'));
  });

  it('is not any more once its money has gone', async () => {
    const [paid, back] = [await captured(), await captured()];
    await deliver(paid);
    expect(await open(paid)).toEqual({ ok: false, refusal: 'ALREADY_RELEASED' });
    await payments.hear(orderCancelled, { orderId: back.orderId });
    expect(await open(back)).toEqual({ ok: false, refusal: 'ALREADY_REFUNDED' });
  });

  it('is disputed or paid when both happen at once, never both', async () => {
    const orders = await Promise.all(Array.from({ length: 12 }, () => captured()));
    const outcomes = await Promise.all(
      orders.map(async (order) => {
        const [outcome] = await Promise.all([open(order), deliver(order)]);
        return { order, outcome };
      }),
    );
    for (const { order, outcome } of outcomes) {
      const { balance } = await walletOf(first(order).sellerId);
      const isPaid = balance === 700n;
      expect(outcome).toMatchObject(isPaid ? { ok: false, refusal: 'ALREADY_RELEASED' } : { ok: true });
      expect(await escrowOf(order)).toMatchObject(
        isPaid ? { state: 'RELEASED' } : { state: 'HELD', releaseDue: true },
      );
    }
  });
});

describe('a decision', () => {
  it.each<[string, Decision, bigint, bigint]>([
    ['for the seller releases all', forSeller, 0n, 700n],
    ['for the buyer refunds all', forBuyer(null), 700n, 0n],
    ['for the buyer in part releases the rest', forBuyer(250n), 250n, 450n],
    ['for the buyer in part may be all', forBuyer(700n), 700n, 0n],
  ])('%s, once', async (_what, decision, back, paid) => {
    const { order, disputeId } = await disputed();
    await deliver(order);
    const decided = await decide(disputeId, decision);
    expect(decided).toMatchObject({
      ok: true,
      dispute: { status: decision.inFavourOf, refunded: gbp(back), released: gbp(paid) },
    });
    expect(await decide(disputeId, decision)).toEqual(decided);
    await settled(order, back);
    expect(await walletOf(first(order).sellerId)).toEqual({ balance: paid, pending: 0n });
    await deliver(order);
    await payments.releaseOverdue(await inDays(8));
    expect(await walletOf(first(order).sellerId)).toEqual({ balance: paid, pending: 0n });
    const subjects = (await told(order)).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'dispute-opened.v1')).toHaveLength(1);
    expect(subjects.filter((subject) => subject === 'dispute-decided.v1')).toHaveLength(1);
    expect(await told(order)).toContainEqual(
      expect.objectContaining({
        ...{ subject: 'dispute-decided.v1', outcome: decision.inFavourOf, decidedBy: 'admin' },
        ...{ refunded: { minor: String(back), currency: 'GBP' }, disputeId },
      }),
    );
  });

  it('for the seller is undone when it is heard that the order had been cancelled', async () => {
    const { order, disputeId } = await disputed();
    const { sellerId } = first(order);
    const before = await escrowOf(order);
    await decide(disputeId, { inFavourOf: 'SELLER' });
    expect(await walletOf(sellerId)).toMatchObject({ balance: before.amount });
    await payments.hear(orderCancelled, { orderId: order.orderId });
    await payments.hear(orderCancelled, { orderId: order.orderId });
    await settled(order, (await rowOf(order)).amount ?? 0n);
    expect(await walletOf(sellerId)).toMatchObject({ balance: 0n });
    expect(await callOff(order, before.amount)).toEqual({ type: 'ack' });
  });

  it('is one of two that are made at once', async () => {
    const { order, disputeId } = await disputed();
    const outcomes = await Promise.all([
      decide(disputeId, forSeller),
      decide(disputeId, forBuyer(null)),
      decide(disputeId, forBuyer(1n)),
      payments.app.withdrawDispute({ userId: order.buyerId, disputeId }),
    ]);
    const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]));
    expect(refusals).toEqual(['ALREADY_DECIDED', 'ALREADY_DECIDED', 'ALREADY_DECIDED']);
  });

  it('gives back no more than is held, in its currency', async () => {
    const { order, disputeId } = await disputed();
    expect(await decide(disputeId, forBuyer(701n))).toEqual({ ok: false, refusal: 'MORE_THAN_HELD' });
    const dollars = { inFavourOf: 'BUYER', refund: { minor: 1n, currency: 'USD' } } as const;
    expect(await decide(disputeId, dollars)).toEqual({ ok: false, refusal: 'WRONG_CURRENCY' });
    expect(await decide(newId(), forSeller)).toEqual({ ok: false, refusal: 'NOT_FOUND' });
    await callOff(order, 200n);
    expect(await decide(disputeId, forBuyer(501n))).toEqual({ ok: false, refusal: 'MORE_THAN_HELD' });
    expect(await decide(disputeId, forBuyer(500n))).toMatchObject({ ok: true });
    await settled(order, 700n);
  });

  it('goes back to a wallet at once', async () => {
    const order = anOrder('WALLET');
    const wish = { userId: order.buyerId, token: 'tok', idempotencyKey: newId(), amount: gbp(1000n) };
    await payments.app.topUpWallet(wish);
    const { disputeId } = await disputed(await captured(order));
    await decide(disputeId, forBuyer(250n));
    expect(await walletOf(order.buyerId)).toMatchObject({ balance: 250n });
    expect(await walletOf(first(order).sellerId)).toMatchObject({ balance: 450n });
  });
});

describe('what is called off after a decision', () => {
  it('gives back no more than was paid, and is no matter for a person', async () => {
    const { order, disputeId } = await disputed();
    await decide(disputeId, forBuyer(250n));
    // Orders has not heard of it yet, and calls all of it off.
    expect(await callOff(order, 700n)).toEqual({ type: 'ack' });
    await settled(order, 700n);
    expect(await walletOf(first(order).sellerId)).toEqual({ balance: 0n, pending: 0n });
    expect(await callOff(order, 300n)).toMatchObject({
      reason: expect.stringContaining('MORE_THAN_PAID'),
    });
  });
});

describe('a dispute that is withdrawn', () => {
  const withdraw = (order: Order, disputeId: string) =>
    payments.app.withdrawDispute({ userId: order.buyerId, disputeId });

  it('pays the seller at once when the shipment had arrived meanwhile', async () => {
    const { order, disputeId } = await disputed();
    await deliver(order);
    expect(await withdraw(order, disputeId)).toMatchObject({
      dispute: { status: 'WITHDRAWN', released: gbp(700n) },
    });
    expect(await withdraw(order, disputeId)).toMatchObject({ ok: true });
    expect(await walletOf(first(order).sellerId)).toEqual({ balance: 700n, pending: 0n });
  });

  it('lets delivery and time pay as ever, and may be followed by another', async () => {
    const { order, disputeId } = await disputed();
    await ship(order);
    await withdraw(order, disputeId);
    expect(await walletOf(first(order).sellerId)).toEqual({ balance: 0n, pending: 700n });
    const again = await disputed(order);
    await payments.releaseOverdue(await inDays(8));
    await withdraw(order, again.disputeId);
    await payments.releaseOverdue(await inDays(8));
    expect(await walletOf(first(order).sellerId)).toEqual({ balance: 700n, pending: 0n });
  });

  it('is its buyer’s to withdraw, and over is over', async () => {
    const { order, disputeId } = await disputed();
    const { sellerId: userId } = first(order);
    expect(await payments.app.withdrawDispute({ userId, disputeId })).toEqual({
      ok: false,
      refusal: 'NOT_FOUND',
    });
    await decide(disputeId, forSeller);
    expect(await withdraw(order, disputeId)).toEqual({ ok: false, refusal: 'ALREADY_DECIDED' });
  });
});

describe('what is heard while a shipment is disputed', () => {
  const statusOf = async (id: string) =>
    (await payments.prisma.dispute.findUniqueOrThrow({ where: { id } })).status;

  it('gives back a part, and the rest stays disputed', async () => {
    const { order, disputeId } = await disputed();
    await callOff(order, 200n);
    await settled(order, 200n);
    expect(await statusOf(disputeId)).toBe('OPEN');
    await decide(disputeId, forSeller);
    expect(await walletOf(first(order).sellerId)).toEqual({ balance: 500n, pending: 0n });
  });

  it('leaves nothing to decide when all goes back', async () => {
    const [called, parts] = [await disputed(), await disputed()];
    await payments.hear(orderCancelled, { orderId: called.order.orderId });
    await callOff(parts.order, 300n);
    await callOff(parts.order, 400n);
    for (const { order, disputeId } of [called, parts]) {
      expect(await statusOf(disputeId)).toBe('LAPSED');
      expect(await escrowOf(order)).toMatchObject({ state: 'REFUNDED', frozenBy: null });
      expect(await decide(disputeId, forSeller)).toEqual({ ok: false, refusal: 'ALREADY_DECIDED' });
    }
    await settled(called.order, 1000n);
    await settled(parts.order, 700n);
  });

  it('forgets what its buyer said when they are gone', async () => {
    const order = await captured();
    const note = 'Ada of Leeds says that it is in pieces';
    const outcome = await open(order, { note });
    expect(outcome).toMatchObject({ dispute: { note } });
    expect(JSON.stringify(await told(order))).not.toContain('Ada');
    await payments.hear(userDeleted, { userId: order.buyerId });
    const row = await payments.prisma.dispute.findFirstOrThrow({ where: { orderId: order.orderId } });
    expect(row).toMatchObject({ note: null, idempotencyKey: null, inputHash: null, status: 'OPEN' });
  });
});
