import { orderFailed, paymentRequested } from '@emporium/contracts';
import { testDatabase } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createRouting } from './domain/provider-routing.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

const stripe = createTestProvider();
const sandbox = createTestProvider();
let payments: TestPayments;

const routing = createRouting(new Map([['*', ['stripe', 'sandbox']]]), {
  stripe: ['vault_', 'pm_'],
  sandbox: ['vault_', 'tok_'],
});

beforeAll(async () => {
  const providers = (name: string) => (name === 'stripe' ? stripe : sandbox).provider;
  const { url } = await testDatabase('payments');
  payments = openPayments(url, sandbox.provider, 'everyone', undefined, { providers, routing });
});
afterEach(async () => {
  stripe.behaves();
  sandbox.behaves();
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(() => payments.stop());

const requested = async (token: string) => {
  const order = anOrder('CARD', token);
  const { orderId } = order;
  await payments.hear(paymentRequested, order);
  const row = () => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
  const { id } = await row();
  const take = () => payments.left.splice(0).find((call) => call.id === id);
  const claim = async () => {
    await payments.prisma.providerCall.updateMany({ where: { id }, data: { dueAt: new Date(0) } });
    return (await payments.transact(({ calls }) => calls.claim(1)))[0];
  };
  return {
    orderId,
    row,
    take,
    claim,
    work: async () => {
      const call = take() ?? (await claim());
      if (call) await payments.settle(call);
    },
    asked: (provider: typeof stripe) => provider.captureRequests.filter((key) => key === id).length,
    accounts: async () => {
      const entries = await payments.prisma.entry.findMany({
        where: { journal: { orderId }, accountId: { startsWith: 'provider:' } },
      });
      return entries.map(({ accountId, amount }) => [accountId, amount]);
    },
  };
};

it('asks the first provider that takes the card', async () => {
  const order = await requested('tok_ok');
  await order.work();
  expect(await order.row()).toMatchObject({ status: 'CAPTURED', provider: 'sandbox' });
  expect(order.asked(stripe)).toBe(0);
});

it('asks nobody about a card that no provider takes', async () => {
  const order = await requested('nonsense');
  expect(await order.row()).toMatchObject({ status: 'DECLINED', declineReason: 'CARD_DECLINED' });
  expect(payments.left).toEqual([]);
});

it('asks the next one when the first was not reached, and gives back where the money is', async () => {
  const order = await requested('vault_1');
  stripe.behaves({ keeps: 'NOTHING', answers: 'UNREACHED' });
  await order.work();
  expect(await order.row()).toMatchObject({ status: 'CAPTURED', provider: 'sandbox' });
  expect([order.asked(stripe), order.asked(sandbox)]).toEqual([1, 1]);
  expect(await order.accounts()).toEqual([['provider:card:GBP', 1000n]]);
  await payments.hear(orderFailed, { orderId: order.orderId, reason: 'PAYMENT_TIMED_OUT' });
  for (const call of await payments.transact(({ calls }) => calls.claim(10))) await payments.settle(call);
  expect(await order.row()).toMatchObject({ refunded: 1000n });
  expect([stripe.refunds.size, sandbox.refunds.size]).toEqual([0, 1]);
});

it('books what the first one took as held there', async () => {
  const order = await requested('vault_2');
  await order.work();
  expect(await order.row()).toMatchObject({ status: 'CAPTURED', provider: 'stripe' });
  expect(await order.accounts()).toEqual([['provider:stripe:GBP', 1000n]]);
});

it('stays with the first one when it may have heard of it', async () => {
  const order = await requested('vault_3');
  stripe.behaves({ keeps: 'NOTHING', answers: 'UNKNOWN' }, { keeps: 'NOTHING', answers: 'UNREACHED' });
  await order.work();
  await order.work();
  expect(await order.row()).toMatchObject({ status: 'CAPTURING', provider: 'stripe' });
  await order.work();
  expect(await order.row()).toMatchObject({ status: 'CAPTURED', provider: 'stripe' });
  expect([order.asked(stripe), order.asked(sandbox)]).toEqual([3, 0]);
});

it('stays with the first one when somebody else has taken the call meanwhile', async () => {
  const order = await requested('vault_4');
  const first = order.take();
  const second = await order.claim();
  stripe.behaves({ keeps: 'NOTHING', answers: 'UNREACHED' });
  if (first) await payments.settle(first);
  expect(await order.row()).toMatchObject({ status: 'CAPTURING', provider: 'stripe' });
  if (second) await payments.settle(second);
  expect(await order.row()).toMatchObject({ status: 'CAPTURED', provider: 'stripe' });
  expect(order.asked(sandbox)).toBe(0);
});

it('turns to nobody for an order that has failed meanwhile', async () => {
  const order = await requested('vault_5');
  const call = order.take();
  await payments.hear(orderFailed, { orderId: order.orderId, reason: 'PAYMENT_TIMED_OUT' });
  stripe.behaves({ keeps: 'NOTHING', answers: 'UNREACHED' });
  if (call) await payments.settle(call);
  expect(await order.row()).toMatchObject({ status: 'CAPTURING', provider: 'stripe' });
  expect(order.asked(sandbox)).toBe(0);
});
