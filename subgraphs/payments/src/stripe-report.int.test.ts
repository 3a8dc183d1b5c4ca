import { orderCancelled, paymentRequested } from '@emporium/contracts';
import {
  type BalanceBehaviour,
  createStripeSandbox,
  feeOf,
  type StripeSandbox,
} from '@emporium/stripe-sandbox';
import { testDatabase } from '@emporium/testing';
import { pino } from 'pino';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRouting } from './domain/provider-routing.ts';
import { createStripeProvider } from './infrastructure/providers/stripe/stripe-provider.ts';
import { createStripeReport } from './infrastructure/providers/stripe/stripe-report.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';

let stripe: StripeSandbox;
let payments: TestPayments;

beforeAll(async () => {
  stripe = await createStripeSandbox();
  const access = { secretKey: 'sk_test_sandbox', url: stripe.url, logger: pino({ level: 'silent' }) };
  const provider = createStripeProvider(access);
  const routing = createRouting(new Map([['*', ['stripe']]]), { stripe: ['pm_'] });
  const { url } = await testDatabase('payments');
  const routed = { providers: () => provider, routing };
  payments = openPayments(url, provider, 'everyone', undefined, routed, [createStripeReport(access)]);
});
afterEach(async () => {
  stripe.calm();
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(async () => {
  await payments.stop();
  await stripe.stop();
});

const workOff = async () => {
  payments.left.length = 0;
  await payments.prisma.$executeRaw`UPDATE provider_calls SET due_at = to_timestamp(0)`;
  for (const call of await payments.transact(({ calls }) => calls.claim(50))) await payments.settle(call);
};
/** A captured card payment of £10.00; its id is the key. */
const captured = async () => {
  const order = anOrder('CARD', 'pm_card_visa');
  const { orderId } = order;
  await payments.hear(paymentRequested, order);
  for (const call of payments.left.splice(0)) await payments.settle(call);
  const { id: key } = await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
  const where = { idempotencyKey: `capture:${key}` };
  const { at } = await payments.prisma.journal.findUniqueOrThrow({ where });
  return { key, orderId, day: at.toISOString().slice(0, 10) };
};
const matched = async (day: string) => {
  expect(await payments.app.reconcile(day)).toBeNull();
  const [run] = await payments.app.reconciliationRuns(day);
  const total = run?.totals.find(({ outcome }) => outcome === 'MATCHED');
  if (run?.provider !== 'stripe' || !total) throw new Error('nothing is matched');
  const { movements, reported, booked, fees } = total;
  return { movements, reported: reported.minor, booked: booked.minor, fees: fees.minor };
};
/** Those of one key: other tests have theirs on the same day. */
const casesOf = async (day: string, key: string) => {
  expect(await payments.app.reconcile(day)).toBeNull();
  return payments.prisma.reconciliationCase.findMany({ where: { key, provider: 'stripe' } });
};

describe('a day at Stripe', () => {
  it.each<[string, BalanceBehaviour]>([
    ['in one page', {}],
    ['in pages that repeat a row', { pageSize: 2, repeats: true }],
  ])('matches captures, refunds and payouts %s, with their fees apart', async (_, behaviour) => {
    const { day } = await captured();
    stripe.books.balance.behave(behaviour);
    const before = await matched(day);
    const { orderId } = await captured();
    await payments.hear(orderCancelled, { orderId });
    const userId = newId();
    const amount = { minor: 500n, currency: 'GBP' };
    await payments.app.setPayoutAccount(userId, 'acct_potter');
    await payments.app.topUpWallet({ userId, amount, token: 'pm_card_visa', idempotencyKey: 'in' });
    await payments.app.withdraw({ userId, amount, idempotencyKey: 'out' });
    await workOff();
    const after = await matched(day);
    expect(after).toEqual({
      ...{ movements: before.movements + 4, reported: before.reported, booked: before.booked },
      fees: before.fees + BigInt(feeOf(1000) + feeOf(500)),
    });
    expect(after.reported).toBe(after.booked);
  });

  it.each<[string, string, (key: string) => BalanceBehaviour, object]>([
    ['leaves one out', 'MISSING_THERE', (key) => ({ omit: [key] }), { bookedAmount: 1000n }],
    [
      'lies about an amount',
      'AMOUNT_DIFFERS',
      (key) => ({ lie: { [key]: 1250 } }),
      { bookedAmount: 1000n, reportedAmount: 1250n },
    ],
  ])('has a case when the list %s, until it does not', async (_, kind, behaviour, amounts) => {
    const { key, day } = await captured();
    stripe.books.balance.behave(behaviour(key));
    expect(await casesOf(day, key)).toMatchObject([
      { kind, status: 'OPEN', movement: 'CAPTURE', ...amounts },
    ]);
    stripe.calm();
    expect(await casesOf(day, key)).toMatchObject([{ kind, status: 'RESOLVED' }]);
  });

  it('has a case for what Stripe took or paid that is booked nowhere', async () => {
    const { day } = await captured();
    const [capture, transfer] = [newId(), newId()];
    const { id } = stripe.books.create({
      amount: '321',
      currency: 'gbp',
      metadata: { paymentId: capture },
    });
    stripe.books.confirm(id, { payment_method: 'pm_card_visa' });
    stripe.books.capture(id);
    stripe.books.transfer({
      ...{ amount: '200', currency: 'gbp', destination: 'acct_potter', transfer_group: transfer },
    });
    const missing = { kind: 'MISSING_HERE', status: 'OPEN', bookedAmount: null };
    expect(await casesOf(day, capture)).toMatchObject([
      { ...missing, movement: 'CAPTURE', reportedAmount: 321n },
    ]);
    expect(await casesOf(day, transfer)).toMatchObject([
      { ...missing, movement: 'PAYOUT', reportedAmount: 200n },
    ]);
  });

  it.each<[string, () => void, string]>([
    ['fails', () => stripe.misbehaves('balance', 'FAILS_BEFORE'), 'REPORT_UNAVAILABLE'],
    ['never ends', () => stripe.books.balance.behave({ isEndless: true }), 'REPORT_INCONSISTENT'],
  ])('changes no case when the list %s', async (_, misbehave, refusal) => {
    const { key, day } = await captured();
    misbehave();
    expect(await payments.app.reconcile(day)).toBe(refusal);
    expect(await payments.prisma.reconciliationCase.count({ where: { key } })).toBe(0);
  });
});
