/** A part of a shipment is called off: its price goes back, once, from wherever the money is by then. */
import {
  linesCancelled,
  orderCancelled,
  orderDelivered,
  orderShipped,
  paymentRequested,
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

const rowOf = ({ orderId }: Order) => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
const escrowOf = async ({ shipments }: Order) =>
  payments.prisma.escrow.findUniqueOrThrow({ where: { shipmentId: shipments[0]?.shipmentId ?? '' } });
const balanceOf = async (userId: string | undefined) => {
  const id = userId ?? '';
  const [wallets] = await payments.app.findWallets([id], { id, roles: [], address: null });
  return [wallets?.[0]?.balance.minor, wallets?.[0]?.pending.minor];
};
const captured = async (order = anOrder()): Promise<Order> => {
  await payments.hear(paymentRequested, order);
  await eventually(async () => expect(await rowOf(order)).toMatchObject({ status: 'CAPTURED' }));
  return order;
};
const refunded = (order: Order, minor: bigint) =>
  eventually(async () => expect(await rowOf(order)).toMatchObject({ refunded: minor, refunding: 0n }));

const first = ({ orderId, shipments }: Order) => {
  const { shipmentId, sellerId } = shipments[0] ?? {};
  if (!shipmentId || !sellerId) throw new Error('an order has shipments');
  return { orderId, shipmentId, sellerId };
};
const calledOff = (order: Order, minor: bigint, cancellationId = asId<'Cancellation'>(newId())) =>
  payments.hear(linesCancelled, {
    ...first(order),
    cancellationId,
    refund: { minor, currency: 'GBP' },
    lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }],
  });
const aWish = (userId: string, minor: bigint) => ({
  ...{ userId, token: 'tok', idempotencyKey: newId() },
  amount: { minor, currency: 'GBP' },
});
const delivered = (order: Order) => {
  const { orderId, shipmentId } = first(order);
  return payments.hear(orderDelivered, { orderId, shipmentId });
};

describe('what was paid for units that are called off', () => {
  it('goes back out of escrow, and the seller gets the rest', async () => {
    const order = await captured();
    await calledOff(order, 200n);
    await refunded(order, 200n);
    expect(await balanceOf(first(order).sellerId)).toEqual([0n, 500n]);
    await delivered(order);
    expect(await escrowOf(order)).toMatchObject({ state: 'RELEASED', refunded: 200n, released: 500n });
    expect(await balanceOf(first(order).sellerId)).toEqual([500n, 0n]);
  });

  it('goes back once, however often it is heard', async () => {
    const order = await captured();
    const id = asId<'Cancellation'>(newId());
    await calledOff(order, 200n, id);
    await calledOff(order, 200n, id);
    await calledOff(order, 100n);
    await refunded(order, 300n);
  });

  it('is no more than was paid, with the order called off before or after', async () => {
    const order = await captured();
    await calledOff(order, 200n);
    await payments.hear(orderCancelled, { orderId: order.orderId });
    await calledOff(order, 500n);
    await refunded(order, 1000n);
    expect(await escrowOf(order)).toMatchObject({ state: 'REFUNDED', refunded: 700n });
  });

  it('leaves nothing to release when it is all of it', async () => {
    const order = await captured();
    await calledOff(order, 300n);
    await calledOff(order, 400n);
    const { orderId, shipmentId } = first(order);
    expect(await escrowOf(order)).toMatchObject({ state: 'REFUNDED' });
    await payments.hear(orderShipped, { orderId, shipmentId });
    await delivered(order);
    expect(await balanceOf(first(order).sellerId)).toEqual([0n, 0n]);
  });

  it('goes back at once to a wallet', async () => {
    const buyer = anOrder('WALLET');
    await payments.app.topUpWallet(aWish(buyer.buyerId, 1000n));
    await captured(buyer);
    await calledOff(buyer, 200n);
    expect(await balanceOf(buyer.buyerId)).toEqual([200n, 0n]);
  });

  it('is the seller’s to give when they were paid, and what they lack they owe', async () => {
    const order = await captured();
    await delivered(order);
    await calledOff(order, 200n);
    expect(await balanceOf(first(order).sellerId)).toEqual([500n, 0n]);
    await payments.app.withdraw(aWish(first(order).sellerId, 450n));
    await calledOff(order, 300n);
    await refunded(order, 500n);
    expect(await balanceOf(first(order).sellerId)).toEqual([0n, 0n]);
    expect(await escrowOf(order)).toMatchObject({ released: 700n, reclaimed: 500n });
    const losses = await payments.prisma.$queryRaw`
      SELECT sum(amount)::bigint AS total FROM entries WHERE account_id = ${`claims:${first(order).sellerId}:GBP`}`;
    expect(losses).toEqual([{ total: 250n }]);
    expect(await calledOff(order, 300n)).toMatchObject({
      reason: expect.stringContaining('MORE_THAN_PAID'),
    });
  });

  it('is a matter for a person when nothing was paid', async () => {
    expect(await calledOff(anOrder(), 200n)).toMatchObject({
      reason: expect.stringContaining('NOT_CAPTURED'),
    });
  });
});
