/** An account takes over an order that was placed without one. */
import {
  guestForgotten,
  orderCancelled,
  orderClaimed,
  orderFailed,
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

type Order = ReturnType<typeof guestOrder>;

const guestOrder = () => {
  const order = { ...anOrder(), guestTokenHash: 'of its token' };
  return { ...order, buyerId: asId<'User'>(`guest:${order.orderId}`) };
};
const account = () => asId<'User'>(newId());
const rowOf = ({ orderId }: Order) => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
const claim = ({ orderId }: Order, buyerId: ReturnType<typeof account>) =>
  payments.hear(orderClaimed, { orderId, buyerId });
const walletsOf = (ownerId: string) => payments.prisma.account.count({ where: { ownerId } });
const captured = async (order = guestOrder()): Promise<Order> => {
  await payments.hear(paymentRequested, order);
  await eventually(async () => expect(await rowOf(order)).toMatchObject({ status: 'CAPTURED' }));
  return order;
};

describe('the payment of an order without an account', () => {
  it('is taken from a card and goes back there, and there is no wallet', async () => {
    const order = await captured();
    await payments.hear(orderCancelled, { orderId: order.orderId });
    await eventually(async () =>
      expect(await rowOf(order)).toMatchObject({ refunded: 1000n, refunding: 0n }),
    );
    expect(await walletsOf(order.buyerId)).toBe(0);
  });

  it('is the account’s once it has the order, heard twice or again from another', async () => {
    const order = await captured();
    const buyer = account();
    expect(await rowOf(order)).toMatchObject({ guestTokenHash: 'of its token' });
    await claim(order, buyer);
    await claim(order, buyer);
    expect(await rowOf(order)).toMatchObject({ buyerId: buyer, guestTokenHash: null, status: 'CAPTURED' });
    await payments.hear(orderCancelled, { orderId: order.orderId });
    await eventually(async () =>
      expect(await rowOf(order)).toMatchObject({ refunded: 1000n, refunding: 0n }),
    );
    expect(await walletsOf(buyer)).toBe(0);
  });

  it('is the account’s also when that was heard before anything was asked for', async () => {
    const order = guestOrder();
    const buyer = account();
    await claim(order, buyer);
    await captured(order);
    expect(await rowOf(order)).toMatchObject({ buyerId: buyer, guestTokenHash: null });
  });

  it('is the account’s when both are heard at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const order = guestOrder();
      const buyer = account();
      await Promise.all([payments.hear(paymentRequested, order), claim(order, buyer)]);
      expect(await rowOf(order)).toMatchObject({ buyerId: buyer, guestTokenHash: null });
    }
  });

  it('is the account’s when it was void before it was asked for', async () => {
    const order = guestOrder();
    const buyer = account();
    await payments.hear(orderFailed, { orderId: order.orderId, reason: 'RESERVATION_TIMED_OUT' });
    await claim(order, buyer);
    expect(await rowOf(order)).toMatchObject({ buyerId: null, status: 'VOIDED' });
    await payments.hear(paymentRequested, order);
    expect(await rowOf(order)).toMatchObject({
      ...{ buyerId: buyer, guestTokenHash: null, status: 'VOIDED', amount: 1000n },
    });
  });

  it('opens to no token once its guest is forgotten, whenever that is heard, and stays whose it is', async () => {
    const [before, after, claimed] = [guestOrder(), guestOrder(), guestOrder()];
    const forget = ({ orderId, buyerId }: Order) => payments.hear(guestForgotten, { orderId, buyerId });
    await forget(before);
    for (const order of [before, after, claimed]) await captured(order);
    await forget(after);
    const buyer = account();
    await forget(claimed);
    await claim(claimed, buyer);
    await forget(claimed);
    for (const order of [before, after])
      expect(await rowOf(order)).toMatchObject({ buyerId: order.buyerId, guestTokenHash: null });
    expect(await rowOf(claimed)).toMatchObject({ buyerId: buyer, guestTokenHash: null });
  });

  it('stays its guest’s when it was void before it was asked for', async () => {
    const order = guestOrder();
    await payments.hear(orderFailed, { orderId: order.orderId, reason: 'RESERVATION_TIMED_OUT' });
    await payments.hear(paymentRequested, order);
    expect(await rowOf(order)).toMatchObject({
      ...{ buyerId: order.buyerId, guestTokenHash: 'of its token', status: 'VOIDED' },
    });
  });
});
