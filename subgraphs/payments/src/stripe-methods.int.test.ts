import { paymentRequested } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { createStripeSandbox, type Fault, type StripeSandbox } from '@emporium/stripe-sandbox';
import { testDatabase } from '@emporium/testing';
import { pino } from 'pino';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRouting } from './domain/provider-routing.ts';
import { createStripeProvider } from './infrastructure/providers/stripe/stripe-provider.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';

let url: string;
let stripe: StripeSandbox;
let payments: TestPayments;

beforeAll(async () => {
  ({ url } = await testDatabase('payments'));
});
beforeEach(async () => {
  stripe = await createStripeSandbox();
  const provider = createStripeProvider({
    ...{ secretKey: 'sk_test_sandbox', url: stripe.url, timeoutMs: 500 },
    ...{ returnUrl: 'https://shop.test/paid', logger: pino({ level: 'silent' }) },
  });
  const routing = createRouting(new Map([['*', ['stripe']]]), { stripe: ['pm_'] });
  payments = openPayments(url, provider, 'everyone', undefined, { providers: () => provider, routing });
});
afterEach(async () => {
  expect(await brokenRules(payments.prisma)).toEqual([]);
  await payments.prisma.providerCall.deleteMany();
  await payments.stop();
  await stripe.stop();
});

const wishOf = (userId: string, token = 'pm_card_visa') => ({
  ...{ userId, token, label: null, makeDefault: false, idempotencyKey: newId() },
});
const keep = async (userId: string): Promise<string> => {
  const kept = await payments.app.addPaymentMethod(wishOf(userId));
  if (!kept.ok) throw new Error(kept.refusal);
  return kept.method.id;
};
const statusOf = async (id: string) =>
  (await payments.prisma.paymentMethod.findUniqueOrThrow({ where: { id } })).status;

/** Whatever is due, or will be, as the work loop does. */
const workOff = async () => {
  payments.left.length = 0;
  await payments.prisma.$executeRaw`UPDATE provider_calls SET due_at = to_timestamp(0)`;
  for (const call of await payments.transact(({ calls }) => calls.claim(50))) await payments.settle(call);
};
/** An order that is to be paid with a kept card, once asked for. */
const orderBy = async (buyerId: string, paymentMethodId: string) => {
  const { sealedToken: _, ...order } = anOrder();
  await payments.hear(paymentRequested, {
    ...{ ...order, buyerId: asId<'User'>(buyerId) },
    paymentMethodId: asId<'PaymentMethod'>(paymentMethodId),
  });
  for (const call of payments.left.splice(0)) await payments.settle(call);
  return () => payments.prisma.payment.findUniqueOrThrow({ where: { orderId: order.orderId } });
};

describe('a card that Stripe keeps', () => {
  it('is what Stripe says it is, and pays again and again for a customer who is nobody', async () => {
    const userId = newId();
    const kept = await payments.app.addPaymentMethod(wishOf(userId));
    const details = { brand: 'visa', last4: '4242', expiry: { month: 12, year: 2099 }, status: 'ACTIVE' };
    expect(kept).toMatchObject({ ok: true, method: details });
    const id = kept.ok ? kept.method.id : '';
    for (const row of [await orderBy(userId, id), await orderBy(userId, id)])
      expect(await row()).toMatchObject({ status: 'CAPTURED' });
    const amount = { minor: 500n, currency: 'GBP' };
    const topUp = { userId, amount, paymentMethodId: id, idempotencyKey: newId() };
    expect(await payments.app.topUpWallet(topUp)).toMatchObject({ ok: true });
    const { customers, kept: cards } = stripe.books.customers.all();
    expect(customers).toMatchObject([{ metadata: { paymentMethodId: id } }]);
    expect(JSON.stringify(customers)).not.toContain(userId);
    expect(stripe.books.all().intents).toMatchObject(
      [1000, 1000, 500].map((amount_received) => ({
        ...{ amount_received, customer: customers[0]?.id, payment_method: cards[0]?.id },
      })),
    );
  });

  it.each<['customer' | 'setup' | 'search', Fault]>([
    ['search', 'FAILS_BEFORE'],
    ['customer', 'SILENT_AFTER'],
    ['setup', 'SILENT_BEFORE'],
    ['setup', 'SILENT_AFTER'],
    ['setup', 'LATE'],
  ])('is kept once when %s goes wrong: %s', async (operation, fault) => {
    stripe.misbehaves(operation, fault);
    const id = await keep(newId());
    if ((await statusOf(id)) === 'PENDING') {
      stripe.dayPasses();
      await workOff();
    }
    expect(await statusOf(id)).toBe('ACTIVE');
    const { customers, setups, kept } = stripe.books.customers.all();
    expect([customers, setups, kept].map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  it.each([
    ['pm_card_chargeDeclined', 'CARD_DECLINED'],
    ['pm_card_unknown', 'CARD_DECLINED'],
    ['pm_card_authenticationRequired', 'AUTHENTICATION_REQUIRED'],
  ])('%s is not: %s, and nothing of it stays there', async (token, refusal) => {
    stripe.misbehaves('remove', 'SILENT_BEFORE');
    const wish = wishOf(newId(), token);
    await payments.app.addPaymentMethod(wish);
    await workOff();
    expect(await payments.app.addPaymentMethod(wish)).toEqual({ ok: false, refusal });
    const { customers, setups } = stripe.books.customers.all();
    expect(customers).toEqual([]);
    expect(setups.filter(({ status }) => status === 'requires_action')).toEqual([]);
  });

  it('is kept no longer once it is removed, whatever became of the answers', async () => {
    const userId = newId();
    const paymentMethodId = await keep(userId);
    const row = await orderBy(userId, paymentMethodId);
    await payments.app.removePaymentMethod({ userId, paymentMethodId });
    stripe.misbehaves('detach', 'SILENT_AFTER');
    stripe.misbehaves('remove', 'SILENT_AFTER');
    await workOff();
    await workOff();
    expect(await payments.prisma.providerCall.count()).toBe(1);
    await workOff();
    expect(await payments.prisma.providerCall.count()).toBe(0);
    expect(stripe.books.customers.all()).toMatchObject({ customers: [], kept: [] });
    expect(await row()).toMatchObject({ status: 'CAPTURED' });
  });
});

describe('a kept card whose bank asks its owner', () => {
  it.each<[string, Fault[]]>([
    ['at once', []],
    ['also when the first no is lost', ['SILENT_AFTER']],
  ])('has the buyer prove themselves, %s, and pays once', async (_, faults) => {
    const userId = newId();
    const id = await keep(userId);
    stripe.books.customers.changeCard(stripe.books.customers.all().kept[0]?.id ?? '', 'ASKS');
    stripe.misbehaves('confirm', ...faults);
    const row = await orderBy(userId, id);
    if (faults.length > 0) await workOff();
    const [intent] = stripe.books.all().intents;
    expect(await row()).toMatchObject({
      status: 'CAPTURING',
      nextAction: { url: `${stripe.url}/authenticate/${intent?.id}`, clientSecret: null },
    });
    stripe.books.authenticate(intent?.id ?? '', true);
    await workOff();
    expect(await row()).toMatchObject({ status: 'CAPTURED', nextAction: null });
    expect(stripe.books.all().intents).toHaveLength(1);
  });

  it('that says no after all is declined', async () => {
    const userId = newId();
    const id = await keep(userId);
    stripe.books.customers.changeCard(stripe.books.customers.all().kept[0]?.id ?? '', 'DECLINES');
    expect(await (await orderBy(userId, id))()).toMatchObject({ status: 'DECLINED' });
  });
});
