import { orderCancelled, orderFailed, paymentRequested } from '@emporium/contracts';
import { eventually, testDatabase } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

const card = createTestProvider();
let payments: TestPayments;

beforeAll(async () => {
  payments = openPayments((await testDatabase('payments')).url, card.provider);
});
afterEach(async () => {
  card.behaves();
  card.hidesLookUps(0);
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(() => payments.stop());

/** An order whose payment was asked for, and the worker's hands: nothing happens to it by itself. */
const requested = async () => {
  const order = anOrder();
  await payments.hear(paymentRequested, order);
  return workOn(order);
};

const workOn = async ({ orderId }: ReturnType<typeof anOrder>) => {
  const { prisma, transact, hear, settle } = payments;
  const { id } = await prisma.payment.findUniqueOrThrow({ where: { orderId } });
  /** The call as the request left it: to be asked for at once, and only once. */
  const take = () => {
    const index = payments.left.findIndex((call) => call.id === id);
    return index < 0 ? undefined : payments.left.splice(index, 1)[0];
  };
  /** The call as whoever is free takes it, when nobody was heard of it any more. */
  const claim = async () => {
    await prisma.providerCall.updateMany({ where: { id }, data: { dueAt: new Date(0) } });
    return (await transact(({ calls }) => calls.claim(1)))[0];
  };
  return {
    orderId,
    take,
    claim,
    /** One more attempt of the worker. */
    work: async () => {
      const call = take() ?? (await claim());
      if (call) await settle(call);
    },
    timePasses: () => prisma.providerCall.update({ where: { id }, data: { sentAt: new Date(0) } }),
    fail: () => hear(orderFailed, { orderId, reason: 'PAYMENT_TIMED_OUT' }),
    status: async () => (await prisma.payment.findUniqueOrThrow({ where: { orderId } })).status,
    asked: () => card.captureRequests.filter((key) => key === id).length,
    isForgotten: async () => (await prisma.providerCall.count({ where: { id } })) === 0,
  };
};

it('names in the books the order, the event that asked, and at whose word', async () => {
  const { hear, prisma } = payments;
  const order = anOrder();
  const { orderId, buyerId } = order;
  await hear(paymentRequested, order, 'the-request');
  await (await workOn(order)).work();
  expect(await prisma.journal.findFirst({ where: { orderId } })).toMatchObject({
    kind: 'CAPTURE',
    cause: orderId,
    eventId: 'the-request',
    actor: `user:${buyerId}`,
  });
});

describe('a capture whose answer was lost', () => {
  it('is looked up, and not asked for again', async () => {
    const order = await requested();
    card.behaves({ keeps: 'CAPTURED', answers: 'UNKNOWN' });
    card.hidesLookUps(1);
    await order.work();
    expect(await order.status()).toBe('CAPTURING');
    await order.work();
    expect(await order.status()).toBe('CAPTURED');
    expect(order.asked()).toBe(1);
    expect(await order.isForgotten()).toBe(true);
  });

  it('is not asked for again while the provider does not say what became of it', async () => {
    const order = await requested();
    card.behaves({ keeps: 'NOTHING' });
    card.hidesLookUps(3);
    await order.work();
    await order.work();
    await order.work();
    expect(order.asked()).toBe(1);
    await order.work();
    expect(order.asked()).toBe(2);
    expect(await order.status()).toBe('CAPTURED');
  });

  it('is void when its order failed and the provider knows of nothing, once nothing can be on its way', async () => {
    const order = await requested();
    card.behaves({ keeps: 'NOTHING' });
    await order.work();
    await order.fail();
    await order.work();
    expect(await order.status()).toBe('CAPTURING');
    await order.timePasses();
    await order.work();
    expect(await order.status()).toBe('VOIDED');
    expect(order.asked()).toBe(1);
    expect(await order.isForgotten()).toBe(true);
  });

  it('is refunded when its order failed and the provider took the money after all', async () => {
    const order = await requested();
    card.behaves({ keeps: 'CAPTURED', answers: 'UNKNOWN' });
    card.hidesLookUps(1);
    await order.work();
    await order.fail();
    await order.work();
    const { orderId } = order;
    expect(await order.status()).toBe('CAPTURED');
    expect(await payments.prisma.refund.findFirst({ where: { orderId } })).toMatchObject({ amount: 1000n });
  });
});

describe('a worker', () => {
  it('that was thought dead, and was not, changes nothing any more', async () => {
    const order = await requested();
    let letGo: () => void = () => undefined;
    const after = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    card.behaves({ keeps: 'CAPTURED', after });
    const call = order.take();
    const slow = call && payments.settle(call);
    await eventually(() => expect(order.asked()).toBe(1));
    await order.work();
    expect(await order.status()).toBe('CAPTURED');
    letGo();
    await slow;
    expect(await order.status()).toBe('CAPTURED');
    const { orderId } = order;
    expect(await payments.prisma.outboxMessage.count({ where: { aggregateId: orderId } })).toBe(1);
  });

  it('that comes after one that died asks nobody when the order was cancelled meanwhile', async () => {
    const order = await requested();
    const call = await order.claim();
    await payments.hear(orderCancelled, { orderId: order.orderId });
    if (call) await payments.settle(call);
    expect(await order.status()).toBe('CAPTURING');
    await order.timePasses();
    const again = await order.claim();
    if (again) await payments.settle(again);
    expect(await order.status()).toBe('VOIDED');
    expect(order.asked()).toBe(0);
    expect(await order.isForgotten()).toBe(true);
  });

  it('that comes after one that died asks for the money, once', async () => {
    const order = await requested();
    const call = await order.claim();
    if (call) await payments.settle(call);
    expect(await order.status()).toBe('CAPTURED');
    expect(order.asked()).toBe(1);
    expect(await order.isForgotten()).toBe(true);
  });

  it('has its calls to itself', async () => {
    await Promise.all(Array.from({ length: 10 }, requested));
    await payments.prisma.providerCall.updateMany({ data: { dueAt: new Date(0) } });
    const claims = Array.from({ length: 5 }, () => payments.transact(({ calls }) => calls.claim(4)));
    const taken = (await Promise.all(claims)).flat().map(({ id }) => id);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length).toBeGreaterThanOrEqual(10);
    expect(await payments.transact(({ calls }) => calls.claim(100))).toEqual([]);
  });
});
