import {
  orderCancelled,
  orderDelivered,
  orderFailed,
  orderShipped,
  paymentRequested,
} from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { eventually, testDatabase } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { brokenRules } from './test-audit.ts';
import { anOrder, autoReleaseDays, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

const card = createTestProvider();
let payments: TestPayments;

beforeAll(async () => {
  payments = openPayments((await testDatabase('payments')).url, card.provider);
  payments.startWork();
});
afterEach(async () => {
  card.behaves();
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(() => payments.stop());

type Order = ReturnType<typeof anOrder>;

const rowOf = ({ orderId }: Order) => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
const eventsOf = async ({ orderId }: Order) => {
  const rows = await payments.prisma.outboxMessage.findMany({
    where: { aggregateId: orderId },
    orderBy: { position: 'asc' },
  });
  return rows.map(({ subject }) => subject.replace('emporium.payments.', '').replace('.v1', ''));
};
const seen = async (order: Order, ...facts: string[]) =>
  eventually(async () => expect(await eventsOf(order)).toEqual(facts));
const callsOf = (orderId: string) => payments.prisma.providerCall.count({ where: { subject: orderId } });
const balanceOf = async (userId: string) => {
  const [wallets] = await payments.app.findWallets([userId], { id: userId, roles: [], address: null });
  const { balance, pending } = wallets?.[0] ?? { balance: null, pending: null };
  return { balance: balance?.minor, pending: pending?.minor };
};
const captured = async (order = anOrder()): Promise<Order> => {
  await payments.hear(paymentRequested, order);
  await seen(order, 'captured');
  return order;
};

describe('a card', () => {
  it('pays once, and its token is forgotten', async () => {
    const order = await captured();
    expect(await rowOf(order)).toMatchObject({ status: 'CAPTURED', captured: 1000n });
    expect(await callsOf(order.orderId)).toBe(0);
    expect(card.captureRequests).toContain((await rowOf(order)).id);
  });

  it('that is declined pays nothing', async () => {
    card.behaves({ keeps: 'DECLINED' });
    const order = anOrder();
    await payments.hear(paymentRequested, order);
    await seen(order, 'declined');
    expect(await rowOf(order)).toMatchObject({ status: 'DECLINED', declineReason: 'CARD_DECLINED' });
    expect(await callsOf(order.orderId)).toBe(0);
  });

  it('whose provider captures but never answers has paid: it is looked up', async () => {
    card.behaves({ keeps: 'CAPTURED', answers: 'UNKNOWN' });
    const order = await captured();
    const { id } = await rowOf(order);
    expect(card.captureRequests.filter((key) => key === id)).toHaveLength(1);
  });

  it('whose provider fails is asked again with the same key', async () => {
    card.behaves({ keeps: 'NOTHING' });
    const order = await captured();
    const { id } = await rowOf(order);
    expect(card.captureRequests.filter((key) => key === id)).toHaveLength(2);
  });

  it('is charged once for a request heard ten times', async () => {
    const order = anOrder();
    const before = card.captures();
    await Promise.all(Array.from({ length: 10 }, () => payments.hear(paymentRequested, order)));
    await seen(order, 'captured');
    expect(card.captures() - before).toBe(1);
  });

  it('that did not come with the request is declined without asking anybody', async () => {
    const { sealedToken: _none, ...order } = anOrder();
    await payments.hear(paymentRequested, order);
    await seen(order, 'declined');
    expect(card.captureRequests).not.toContain((await rowOf(order)).id);
  });
});

describe('a request that does not add up', () => {
  it('is parked, and leaves nothing', async () => {
    const order = { ...anOrder(), total: { minor: 999n, currency: 'GBP' } };
    const verdict = await payments.hear(paymentRequested, order);
    expect(verdict).toMatchObject({
      type: 'park',
      reason: expect.stringContaining('AMOUNTS_DO_NOT_ADD_UP'),
    });
    expect(await payments.prisma.payment.count({ where: { orderId: order.orderId } })).toBe(0);
  });
});

describe('an order that ends', () => {
  it('before its payment is asked for never reaches the provider', async () => {
    const order = anOrder();
    await payments.hear(orderFailed, { orderId: order.orderId, reason: 'RESERVATION_TIMED_OUT' });
    await payments.hear(paymentRequested, order);
    const row = await rowOf(order);
    expect(row).toMatchObject({ status: 'VOIDED', amount: 1000n });
    expect(card.captureRequests).not.toContain(row.id);
    expect(await callsOf(order.orderId)).toBe(0);
  });

  it('while the card is asked is captured and refunded, and nets to zero', async () => {
    let answer: () => void = () => undefined;
    card.behaves({
      keeps: 'CAPTURED',
      after: new Promise<void>((resolve) => {
        answer = resolve;
      }),
    });
    const order = anOrder();
    await payments.hear(paymentRequested, order);
    const { id } = await rowOf(order);
    await eventually(() => expect(card.captureRequests).toContain(id));
    await payments.hear(orderCancelled, { orderId: order.orderId });
    expect(await rowOf(order)).toMatchObject({ status: 'CAPTURING', cancelRequested: true });
    answer();
    await seen(order, 'captured', 'refunded');
    expect(await rowOf(order)).toMatchObject({ captured: 1000n, refunding: 0n, refunded: 1000n });
    const refund = await payments.prisma.refund.findFirstOrThrow({ where: { orderId: order.orderId } });
    expect(card.refunds.get(refund.id)).toBe(1000n);
    expect(await callsOf(order.orderId)).toBe(0);
  });

  it('after it was paid is refunded once, however often that is heard', async () => {
    const order = await captured();
    const { orderId } = order;
    await Promise.all(Array.from({ length: 5 }, () => payments.hear(orderCancelled, { orderId })));
    await seen(order, 'captured', 'refunded');
    expect(await payments.prisma.refund.count({ where: { orderId } })).toBe(1);
    const [first] = order.shipments;
    expect(
      await payments.hear(orderDelivered, { orderId, shipmentId: first?.shipmentId ?? asId('') }),
    ).toEqual({
      type: 'ack',
    });
    await seen(order, 'captured', 'refunded');
  });

  it('and was paid from a wallet gives it back to the wallet', async () => {
    const order = anOrder('WALLET');
    await fill(order.buyerId, 1500n);
    await captured(order);
    expect(await balanceOf(order.buyerId)).toEqual({ balance: 500n, pending: 0n });
    await payments.hear(orderCancelled, { orderId: order.orderId });
    await seen(order, 'captured', 'refunded');
    expect(await balanceOf(order.buyerId)).toEqual({ balance: 1500n, pending: 0n });
  });
});

const fill = async (userId: string, minor: bigint) => {
  const amount = { minor, currency: 'GBP' };
  const outcome = await payments.app.topUpWallet({ userId, amount, token: 'tok', idempotencyKey: 'fill' });
  expect(outcome).toMatchObject({ ok: true });
};

describe('a wallet', () => {
  it('pays only what it holds, however many orders come at once', async () => {
    const { buyerId } = anOrder();
    await fill(buyerId, 2500n);
    const orders = Array.from({ length: 6 }, () => ({ ...anOrder('WALLET'), buyerId }));
    await Promise.all(orders.map((order) => payments.hear(paymentRequested, order)));
    const facts = (await Promise.all(orders.map(eventsOf))).flat().sort();
    expect(facts).toEqual(['captured', 'captured', 'declined', 'declined', 'declined', 'declined']);
    expect(await balanceOf(buyerId)).toMatchObject({ balance: 500n });
  });
});

describe('escrow', () => {
  it('is pending for its seller, and goes to the wallet when the shipment arrives', async () => {
    const order = await captured();
    const [jar, book] = order.shipments;
    if (!jar || !book) throw new Error('the order has two shipments');
    expect(await balanceOf(jar.sellerId)).toEqual({ balance: 0n, pending: 700n });
    const { orderId } = order;
    await Promise.all(
      Array.from({ length: 3 }, () =>
        payments.hear(orderDelivered, { orderId, shipmentId: jar.shipmentId }),
      ),
    );
    await seen(order, 'captured', 'released');
    expect(await balanceOf(jar.sellerId)).toEqual({ balance: 700n, pending: 0n });
    expect(await balanceOf(book.sellerId)).toEqual({ balance: 0n, pending: 300n });
  });

  it('is released when the buyer has been silent for long enough after shipping', async () => {
    const order = await captured();
    const [jar, book] = order.shipments;
    if (!jar || !book) throw new Error('the order has two shipments');
    await payments.hear(orderShipped, { orderId: order.orderId, shipmentId: jar.shipmentId });
    const inDays = (days: number) => asInstant(new Date(Date.now() + days * 86_400_000).toISOString());
    await payments.releaseOverdue(inDays(autoReleaseDays - 0.01));
    await seen(order, 'captured');
    await payments.releaseOverdue(inDays(autoReleaseDays + 0.01));
    await seen(order, 'captured', 'released');
    expect(await payments.releaseOverdue(inDays(autoReleaseDays + 0.01))).toBe(0);
    expect(await balanceOf(jar.sellerId)).toEqual({ balance: 700n, pending: 0n });
    expect(await balanceOf(book.sellerId)).toEqual({ balance: 0n, pending: 300n });
  });

  it('of a payment that nobody knows is parked', async () => {
    const verdict = await payments.hear(orderDelivered, {
      orderId: asId<'Order'>('none'),
      shipmentId: asId<'Shipment'>('none'),
    });
    expect(verdict).toMatchObject({ type: 'park' });
  });
});
