import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { orderFailed, paymentRequested } from '@emporium/contracts';
import { createStripeSandbox, type StripeSandbox } from '@emporium/stripe-sandbox';
import { eventually, testDatabase } from '@emporium/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRouting } from './domain/provider-routing.ts';
import { createStripeProvider } from './infrastructure/providers/stripe/stripe-provider.ts';
import { createWebhookRoutes } from './infrastructure/webhooks/webhook-routes.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';

const secret = 'whsec_test';
const registry = new Registry();
let stripe: StripeSandbox;
let payments: TestPayments;
let server: Server;
let endpoint: { url: string; secret: string };

beforeAll(async () => {
  stripe = await createStripeSandbox();
  const logger = pino({ level: 'silent' });
  const provider = createStripeProvider({ secretKey: 'sk_test', url: stripe.url, logger, timeoutMs: 2000 });
  const routing = createRouting(new Map([['*', ['stripe']]]), { stripe: ['pm_'] });
  const { url } = await testDatabase('payments');
  payments = openPayments(url, provider, 'everyone', undefined, { providers: () => provider, routing });
  const { transact, prisma, app } = payments;
  const routes = createWebhookRoutes({ transact, prisma, registry, now: app.now, stripeSecret: secret });
  server = createServer((request, response) => void routes['/webhooks/stripe']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`, secret };
  payments.startWork();
});
beforeEach(() => stripe.calm());
afterEach(async () => expect(await brokenRules(payments.prisma)).toEqual([]));
afterAll(async () => {
  await payments.stop();
  await new Promise((resolve) => server.close(resolve));
  await stripe.stop();
});

const rowOf = (orderId: string) => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
const comesTo = (orderId: string, status: string) =>
  eventually(async () => expect((await rowOf(orderId)).status).toBe(status), { timeout: 10_000 });
const waits = (orderId: string) =>
  eventually(async () => expect((await rowOf(orderId)).nextAction).not.toBeNull());
/** An order whose payment was asked for with a card, and Stripe's intent for it. */
const asked = async (token: string) => {
  const order = anOrder('CARD', token);
  await payments.hear(paymentRequested, order);
  const { id } = await rowOf(order.orderId);
  const intent = () => stripe.books.search('paymentId', id)[0];
  return { ...order, id, intent };
};
const outcomesOf = async (subject: string) => {
  const rows = await payments.prisma.providerEvent.findMany({
    where: { subject },
    include: { outcome: true },
  });
  return rows.map(({ outcome }) => outcome?.outcome);
};
const journalsOf = (orderId: string) => payments.prisma.journal.count({ where: { orderId } });
/** Something happens at Stripe that we have not asked for. */
const atStripe = (paymentId: string, amount: number) => {
  const intent = stripe.books.create({
    ...{ amount: String(amount), currency: 'gbp', capture_method: 'manual', metadata: { paymentId } },
  });
  stripe.books.confirm(intent.id, { payment_method: 'pm_card_visa' });
  return stripe.books.capture(intent.id);
};
const refusals = async (code: string) => {
  const rows = await payments.prisma.refusedWebhook.findMany({ where: { code } });
  return rows.reduce((sum, { count }) => sum + count, 0);
};

describe('what Stripe tells', () => {
  it('has a payment go on as soon as its buyer has done what they must', async () => {
    const order = await asked('pm_card_authenticationRequired');
    await waits(order.orderId);
    await stripe.deliver(endpoint);
    stripe.books.authenticate(order.intent()?.id ?? '', true);
    expect(await stripe.deliver(endpoint)).toEqual([200]);
    await comesTo(order.orderId, 'CAPTURED');
    expect(await outcomesOf(order.id)).toContain('LOOKED_UP');
  });

  it('twice, late and in the wrong order is handled once, and books nothing', async () => {
    const order = await asked('pm_card_visa');
    await comesTo(order.orderId, 'CAPTURED');
    const before = await journalsOf(order.orderId);
    const statuses = await stripe.deliver(endpoint, { times: 2, reversed: true });
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await outcomesOf(order.id)).toEqual(['NOTHING_TO_DO', 'NOTHING_TO_DO', 'NOTHING_TO_DO']);
    expect(await journalsOf(order.orderId)).toBe(before);
  });

  it('at the same time, too', async () => {
    const order = await asked('pm_card_visa');
    await comesTo(order.orderId, 'CAPTURED');
    const succeeded = { types: ['payment_intent.succeeded'] };
    const news = (await Promise.all([1, 2, 3].map(() => stripe.deliver(endpoint, succeeded)))).flat();
    expect(news).toEqual([200]);
  });

  it('before the answer to our own question has the answer looked up', async () => {
    stripe.misbehaves('capture', 'SILENT_AFTER');
    stripe.misbehaves('search', 'FAILS_BEFORE');
    const order = await asked('pm_card_visa');
    await eventually(() => expect(order.intent()?.status).toBe('succeeded'));
    expect((await rowOf(order.orderId)).status).toBe('CAPTURING');
    expect(await stripe.deliver(endpoint, { types: ['payment_intent.succeeded'] })).toEqual([200]);
    await comesTo(order.orderId, 'CAPTURED');
    expect(stripe.books.search('paymentId', order.id)).toHaveLength(1);
    expect(await outcomesOf(order.id)).toEqual(['LOOKED_UP']);
  });
});

describe('what is refused', () => {
  it.each([
    ['unsigned', 'UNSIGNED', { secret: null }],
    ['signed by somebody else', 'UNSIGNED', { secret: 'whsec_other' }],
    ['signed too long ago', 'STALE', { secondsAgo: 400 }],
    ['signed in the future', 'STALE', { secondsAgo: -400 }],
  ])('%s: it is counted, and nothing is looked up', async (_name, code, how) => {
    const before = await refusals(code);
    const order = await asked('pm_card_visa');
    await comesTo(order.orderId, 'CAPTURED');
    expect(await stripe.deliver(endpoint, { ...how, types: ['payment_intent.succeeded'] })).toEqual([400]);
    expect(await refusals(code)).toBe(before + 1);
    expect(await outcomesOf(order.id)).toEqual([]);
    expect(await registry.metrics()).toContain(
      `emporium_provider_webhooks_total{provider="stripe",outcome="${code}"}`,
    );
  });

  it('of a payment that we do not know: it is kept, and moves nothing', async () => {
    atStripe('nobody', 500);
    const statuses = await stripe.deliver(endpoint, { types: ['payment_intent.succeeded'], times: 2 });
    expect(statuses).toEqual([422, 422]);
    expect(await outcomesOf('nobody')).toEqual(['UNKNOWN_PAYMENT']);
  });

  it('of another amount: it is kept, and moves nothing', async () => {
    const order = await asked('pm_card_authenticationRequired');
    await waits(order.orderId);
    expect(
      await stripe.deliver(endpoint, { lying: true, types: ['payment_intent.requires_action'] }),
    ).toEqual([422]);
    expect(await outcomesOf(order.id)).toEqual(['WRONG_AMOUNT']);
    expect(await journalsOf(order.orderId)).toBe(0);
    await payments.hear(orderFailed, { orderId: order.orderId, reason: 'PAYMENT_TIMED_OUT' });
  });

  it('money for what ended without: it is kept for a person', async () => {
    const order = await asked('pm_card_chargeDeclined');
    await comesTo(order.orderId, 'DECLINED');
    stripe.calm();
    atStripe(order.id, 1000);
    expect(await stripe.deliver(endpoint, { types: ['payment_intent.succeeded'] })).toEqual([422]);
    expect(await outcomesOf(order.id)).toEqual(['UNEXPECTED_MONEY']);
    expect(await journalsOf(order.orderId)).toBe(0);
  });

  it('what is not ours to know is left alone', async () => {
    stripe.books.transfer({ amount: '5', currency: 'gbp', destination: 'acct_1' });
    expect(await stripe.deliver(endpoint, { types: ['transfer.created'] })).toEqual([200]);
  });
});

it('what was told cannot be changed by the service', async () => {
  const { prisma } = payments;
  await expect(prisma.$executeRaw`UPDATE provider_events SET type = 'other'`).rejects.toThrow(
    /denied|append-only/,
  );
  await expect(prisma.$executeRaw`DELETE FROM provider_event_outcomes`).rejects.toThrow(
    /denied|append-only/,
  );
});
