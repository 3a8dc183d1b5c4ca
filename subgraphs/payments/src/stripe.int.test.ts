import { createStripeSandbox, type Fault, type StripeSandbox } from '@emporium/stripe-sandbox';
import { testDatabase } from '@emporium/testing';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRouting } from './domain/provider-routing.ts';
import { createStripeProvider } from './infrastructure/providers/stripe/stripe-provider.ts';
import { brokenRules } from './test-audit.ts';
import { requestPayment } from './test-card-order.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { aTopUp } from './test-top-up.ts';

const timeoutMs = 1000;
let stripe: StripeSandbox;
let payments: TestPayments;

beforeAll(async () => {
  stripe = await createStripeSandbox();
  const provider = createStripeProvider({
    ...{ secretKey: 'sk_test_sandbox', url: stripe.url, timeoutMs },
    ...{ returnUrl: 'https://shop.test/paid', logger: pino({ level: 'silent' }) },
  });
  const routing = createRouting(new Map([['*', ['stripe']]]), { stripe: ['pm_'] });
  const { url } = await testDatabase('payments');
  payments = openPayments(url, provider, 'everyone', undefined, { providers: () => provider, routing });
});
afterEach(async () => {
  stripe.calm();
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(async () => {
  await payments.stop();
  await stripe.stop();
});

/** An order whose payment was asked for, and what Stripe has of it. */
const requested = async (token = 'pm_card_visa') => {
  const order = await requestPayment(payments, token);
  return {
    ...order,
    intents: () => stripe.books.search('paymentId', order.id),
    intent: () => {
      const [intent] = stripe.books.search('paymentId', order.id);
      if (!intent) throw new Error('Stripe has heard of nothing');
      return intent;
    },
  };
};

describe('a card at Stripe', () => {
  it('is authorised and captured, once, and held at Stripe in the books', async () => {
    const order = await requested();
    await order.work();
    const intent = order.intent();
    expect(await order.row()).toMatchObject({ status: 'CAPTURED', providerCaptureId: intent.id });
    expect(intent).toMatchObject({ status: 'succeeded', capture_method: 'manual', amount_received: 1000 });
    const entry = { accountId: 'provider:stripe:GBP', journal: { orderId: order.orderId } };
    expect(await payments.prisma.entry.findFirst({ where: entry })).toMatchObject({ amount: 1000n });
  });

  it.each([
    ['pm_card_chargeDeclined', 'CARD_DECLINED'],
    ['pm_card_unknown', 'PROVIDER_ERROR'],
  ])('%s is declined, and nobody can try another card on it', async (token, declineReason) => {
    const order = await requested(token);
    await order.work();
    expect(await order.row()).toMatchObject({ status: 'DECLINED', declineReason });
    expect(order.intent().status).toBe('canceled');
  });

  it.each<['create' | 'confirm' | 'capture' | 'retrieve', Fault]>([
    ['create', 'SILENT_BEFORE'],
    ['create', 'SILENT_AFTER'],
    ['confirm', 'SILENT_BEFORE'],
    ['confirm', 'SILENT_AFTER'],
    ['confirm', 'FAILS_BEFORE'],
    ['capture', 'SILENT_AFTER'],
    ['capture', 'FAILS_BEFORE'],
  ])('is charged once when %s goes wrong: %s', async (operation, fault) => {
    const order = await requested();
    stripe.misbehaves(operation, fault);
    await order.work();
    if ((await order.row()).status === 'CAPTURING') await order.work();
    expect((await order.row()).status).toBe('CAPTURED');
    expect(order.intents().map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('is found by its metadata when Stripe has forgotten the key', async () => {
    const order = await requested();
    stripe.misbehaves('capture', 'SILENT_AFTER');
    stripe.misbehaves('search', 'FAILS_BEFORE');
    await order.work();
    expect((await order.row()).status).toBe('CAPTURING');
    stripe.dayPasses();
    await order.work();
    expect((await order.row()).status).toBe('CAPTURED');
    expect(order.intents()).toHaveLength(1);
  });

  it.each(['capture', 'create'] as const)(
    'whose %s tells of another amount is not booked',
    async (operation) => {
      const order = await requested();
      stripe.misbehaves(operation, 'LIES');
      stripe.misbehaves('retrieve', 'LIES');
      await order.work();
      expect((await order.row()).status).toBe('CAPTURING');
      expect(await payments.prisma.journal.count({ where: { orderId: order.orderId } })).toBe(0);
      await order.work();
      expect((await order.row()).status).toBe('CAPTURED');
    },
  );
});

describe('an order that has ended', () => {
  it('has its intent cancelled, so that nothing can be taken any more', async () => {
    const order = await requested();
    stripe.misbehaves('confirm', 'SILENT_AFTER');
    stripe.misbehaves('search', 'FAILS_BEFORE');
    await order.work();
    await order.fail();
    await order.work();
    expect((await order.row()).status).toBe('VOIDED');
    expect(order.intent()).toMatchObject({ status: 'canceled', amount_received: 0 });
  });

  it('gets back what was taken all the same', async () => {
    const order = await requested();
    stripe.misbehaves('capture', 'SILENT_AFTER');
    stripe.misbehaves('search', 'FAILS_BEFORE');
    await order.work();
    await order.cancel();
    await order.work();
    expect((await order.row()).status).toBe('CAPTURED');
    await order.work();
    expect(await order.row()).toMatchObject({ refunded: 1000n, refunding: 0n });
    expect(stripe.books.refundsOf(order.intent().id)).toHaveLength(1);
  });

  it.each<Fault>(['SILENT_AFTER', 'FAILS_BEFORE', 'LIES'])(
    'is refunded once when that goes wrong: %s',
    async (fault) => {
      const order = await requested();
      await order.work();
      await order.cancel();
      stripe.misbehaves('refund', fault);
      await order.work();
      expect(await order.row()).toMatchObject({ refunded: 0n, refunding: 1000n });
      stripe.dayPasses();
      await order.work();
      expect(await order.row()).toMatchObject({ refunded: 1000n });
      expect(stripe.books.refundsOf(order.intent().id)).toHaveLength(1);
    },
  );
});

describe('a card whose bank asks its owner', () => {
  const asks = 'pm_card_authenticationRequired';

  it('waits for its buyer, and goes on when they have proven themselves', async () => {
    const order = await requested(asks);
    await order.work();
    const intent = order.intent();
    expect(await order.row()).toMatchObject({
      status: 'CAPTURING',
      nextAction: { url: `${stripe.url}/authenticate/${intent.id}`, clientSecret: null },
    });
    await order.work();
    stripe.books.authenticate(intent.id, true);
    await order.work();
    expect(await order.row()).toMatchObject({ status: 'CAPTURED', nextAction: null });
    expect(order.intents()).toHaveLength(1);
  });

  it('is declined when they have not', async () => {
    const order = await requested(asks);
    await order.work();
    stripe.books.authenticate(order.intent().id, false);
    await order.work();
    expect(await order.row()).toMatchObject({ status: 'DECLINED', nextAction: null });
    expect(order.intent().status).toBe('canceled');
  });

  it('asks them for nothing any more when the order has ended', async () => {
    const order = await requested(asks);
    await order.work();
    await order.fail();
    await order.work();
    expect(await order.row()).toMatchObject({ status: 'VOIDED', nextAction: null });
    expect(() => stripe.books.authenticate(order.intent().id, true)).toThrow(/canceled/);
  });
});

describe('a top-up whose card’s bank asks its owner', () => {
  const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
  const asked = async () => {
    const topUp = aTopUp(payments, 'pm_card_authenticationRequired');
    const outcome = await topUp.ask();
    const { id } = await topUp.row();
    const [intent] = stripe.books.search('paymentId', id);
    if (!intent) throw new Error('Stripe has heard of nothing');
    return { ...topUp, outcome, id, intentId: intent.id };
  };
  const inWallet = (balance: bigint, pending: bigint, topUps: readonly object[]) => ({
    ok: true,
    wallet: { balance: gbp(balance), pending: gbp(pending), topUps },
  });

  it('waits for them, says so again at once, and is there when they have proven themselves', async () => {
    const topUp = await asked();
    const { id, idempotencyKey } = topUp;
    const nextAction = { url: `${stripe.url}/authenticate/${topUp.intentId}`, clientSecret: null };
    const waits = inWallet(0n, 500n, [{ id, idempotencyKey, amount: gbp(500n), nextAction }]);
    expect(topUp.outcome).toMatchObject(waits);
    await topUp.work();
    expect(await Promise.all([topUp.ask(), topUp.ask()])).toMatchObject([waits, waits]);
    stripe.books.authenticate(topUp.intentId, true);
    await topUp.work();
    expect(await topUp.ask()).toMatchObject(inWallet(500n, 0n, []));
    expect(stripe.books.search('paymentId', id)).toMatchObject([{ status: 'succeeded' }]);
    expect(await payments.prisma.providerCall.count({ where: { id } })).toBe(0);
  });

  it('is declined when they have not', async () => {
    const topUp = await asked();
    stripe.books.authenticate(topUp.intentId, false);
    await topUp.work();
    expect(await topUp.ask()).toEqual({ ok: false, refusal: 'CARD_DECLINED' });
    expect(await topUp.row()).toMatchObject({ status: 'DECLINED', nextAction: null, answerBy: null });
  });

  it('asks them for nothing any more when their time is over, and nothing can be taken', async () => {
    const topUp = await asked();
    const { answerBy } = await topUp.row();
    expect((answerBy?.getTime() ?? 0) - Date.now()).toBeGreaterThan(20 * 60_000);
    await topUp.timePasses();
    expect(await topUp.ask()).toMatchObject(inWallet(0n, 500n, [{ nextAction: null, answerBy: null }]));
    await topUp.work();
    expect(await topUp.ask()).toEqual({ ok: false, refusal: 'CARD_DECLINED' });
    expect(() => stripe.books.authenticate(topUp.intentId, true)).toThrow(/canceled/);
  });

  it('counts when they have done so in time, whenever that is seen', async () => {
    const topUp = await asked();
    stripe.books.authenticate(topUp.intentId, true);
    await topUp.timePasses();
    await topUp.work();
    expect(await topUp.ask()).toMatchObject(inWallet(500n, 0n, []));
  });

  it('counts when they were quicker than the answer about it', async () => {
    const topUp = await asked();
    stripe.misbehaves('search', 'FAILS_BEFORE');
    await topUp.work();
    stripe.books.authenticate(topUp.intentId, true);
    stripe.misbehaves('capture', 'SILENT_AFTER');
    await topUp.work();
    await topUp.work();
    expect(await topUp.ask()).toMatchObject(inWallet(500n, 0n, []));
  });
});

it('what is taken out goes to its owner’s account, once, and to nobody who has none', async () => {
  const { buyerId: userId } = anOrder();
  const amount = { minor: 500n, currency: 'GBP' };
  await payments.app.topUpWallet({ ...{ userId, amount }, token: 'pm_card_visa', idempotencyKey: 'in' });
  const wish = { userId, amount, idempotencyKey: 'out' };
  expect(await payments.app.withdraw(wish)).toEqual({ ok: false, refusal: 'PAYOUT_ACCOUNT_MISSING' });
  await payments.app.setPayoutAccount(userId, 'acct_potter');
  expect(await payments.app.withdraw(wish)).toMatchObject({ ok: true });
  const settle = async () => {
    await payments.prisma.providerCall.updateMany({
      where: { kind: 'PAYOUT' },
      data: { dueAt: new Date(0) },
    });
    const calls = await payments.transact((ports) => ports.calls.claim(10));
    for (const call of calls.filter(({ kind }) => kind === 'PAYOUT')) await payments.settle(call);
  };
  stripe.misbehaves('transfer', 'SILENT_AFTER');
  await settle();
  stripe.dayPasses();
  await settle();
  expect(stripe.books.all().transfers).toMatchObject([{ amount: 500, destination: 'acct_potter' }]);
  const where = { journal: { kind: 'PAYOUT' }, accountId: 'provider:stripe:GBP' };
  expect(await payments.prisma.entry.findMany({ where })).toMatchObject([{ amount: -500n }]);
});

it('a server that is not there was surely not reached', async () => {
  const away = await createStripeSandbox();
  await away.stop();
  const provider = createStripeProvider({
    secretKey: 'sk',
    url: away.url,
    logger: pino({ level: 'silent' }),
  });
  const capture = {
    key: 'k',
    amount: { minor: 1n, currency: 'GBP' },
    token: 'pm_card_visa',
    reference: 'o',
  };
  expect(await provider.capture(capture)).toEqual({ type: 'UNREACHED' });
  expect(await provider.findCapture(capture)).toEqual({ type: 'UNKNOWN' });
});
