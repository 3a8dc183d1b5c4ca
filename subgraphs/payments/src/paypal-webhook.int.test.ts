import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { orderFailed, paymentRequested } from '@emporium/contracts';
import { createPayPalSandbox, type PayPalSandbox } from '@emporium/paypal-sandbox';
import { eventually, testDatabase } from '@emporium/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRouting } from './domain/provider-routing.ts';
import {
  createPayPalProvider,
  type PayPalProvider,
} from './infrastructure/providers/paypal/paypal-provider.ts';
import { openPayPalEvents } from './infrastructure/webhooks/open-paypal-events.ts';
import { createWebhookRoutes } from './infrastructure/webhooks/webhook-routes.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';

const webhookId = '8PT597110X687430LKGECATA';
const registry = new Registry();
let paypal: PayPalSandbox;
let provider: PayPalProvider;
let payments: TestPayments;
let server: Server;
let endpoint: { url: string; webhookId: string };

beforeAll(async () => {
  paypal = await createPayPalSandbox();
  const logger = pino({ level: 'silent' });
  provider = createPayPalProvider({ ...paypal.credentials, url: paypal.url, logger, timeoutMs: 2000 });
  const routing = createRouting(new Map([['*', ['paypal']]]), { paypal: ['paypal'] });
  const { url } = await testDatabase('payments');
  payments = openPayments(url, provider, 'everyone', undefined, { providers: () => provider, routing });
  const { transact, prisma, app } = payments;
  const readPayPal = openPayPalEvents({ PAYPAL_WEBHOOK_ID: webhookId, PAYPAL_API_URL: paypal.url }, logger);
  const routes = createWebhookRoutes({
    ...{ transact, prisma, registry, now: app.now },
    ...{ stripeSecret: undefined, readPayPal },
  });
  server = createServer((request, response) => void routes['/webhooks/paypal']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  endpoint = { url: `http://127.0.0.1:${port}/webhooks/paypal`, webhookId };
  payments.startWork();
});
beforeEach(() => paypal.calm());
afterEach(async () => expect(await brokenRules(payments.prisma)).toEqual([]));
afterAll(async () => {
  await payments.stop();
  await provider.close();
  await new Promise((resolve) => server.close(resolve));
  await paypal.stop();
});

const rowOf = (orderId: string) => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
const comesTo = (orderId: string, status: string) =>
  eventually(async () => expect((await rowOf(orderId)).status).toBe(status), { timeout: 10_000 });

/** An order whose buyer has been told where to agree. */
const asked = async () => {
  const order = anOrder('CARD', 'paypal');
  await payments.hear(paymentRequested, order);
  await eventually(async () => expect((await rowOf(order.orderId)).nextAction).not.toBeNull());
  const { id } = await rowOf(order.orderId);
  const [atPayPal] = paypal.books.ordersOf(id);
  return { ...order, id, atPayPal: atPayPal?.id ?? '' };
};
/** What is told of it has us look, and so it is paid without waiting for our own look. */
const paid = async () => {
  const order = await asked();
  paypal.books.approve(order.atPayPal);
  expect(await paypal.deliver(endpoint, { about: order.id })).toEqual([200]);
  await comesTo(order.orderId, 'CAPTURED');
  return order;
};
const outcomesOf = async (subject: string) => {
  const include = { outcome: true };
  const rows = await payments.prisma.providerEvent.findMany({ where: { subject }, include });
  return rows.map(({ type, outcome }) => [type, outcome?.outcome]);
};
const journalsOf = (orderId: string) => payments.prisma.journal.count({ where: { orderId } });
const refusals = async (code: string) => {
  const where = { code, provider: 'paypal' };
  const rows = await payments.prisma.refusedWebhook.findMany({ where });
  return rows.reduce((sum, { count }) => sum + count, 0);
};
/** Something happens at PayPal that we have not asked for. */
const atPayPal = (custom_id: string, value: string) => {
  const amount = { currency_code: 'GBP', value };
  const { id } = paypal.books.create({ intent: 'AUTHORIZE', purchase_units: [{ custom_id, amount }] });
  paypal.books.approve(id);
  const [authorization] = paypal.books.paymentsOf(paypal.books.authorise(id)).authorizations;
  return paypal.books.capture(authorization?.id ?? '');
};
const captured = { types: ['PAYMENT.CAPTURE.COMPLETED'] };

describe('what PayPal tells', () => {
  it('has a payment go on as soon as its buyer has agreed', async () => {
    const order = await paid();
    expect(await outcomesOf(order.id)).toEqual([['CHECKOUT.ORDER.APPROVED', 'LOOKED_UP']]);
  });

  it('twice, late and in the wrong order is handled once, and books nothing', async () => {
    const order = await paid();
    const before = await journalsOf(order.orderId);
    const statuses = await paypal.deliver(endpoint, {
      ...{ about: order.id, times: 2, reversed: true, secondsAgo: 3600 },
    });
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(paypal.asked('certificate')).toBe(1);
    const outcomes = await outcomesOf(order.id);
    expect(outcomes.filter(([type]) => type !== 'CHECKOUT.ORDER.APPROVED')).toEqual([
      ['PAYMENT.CAPTURE.COMPLETED', 'NOTHING_TO_DO'],
      ['PAYMENT.AUTHORIZATION.CREATED', 'NOTHING_TO_DO'],
    ]);
    expect(await journalsOf(order.orderId)).toBe(before);
  });

  it('of a refund is known as one', async () => {
    const order = await paid();
    await payments.hear(orderFailed, { orderId: order.orderId, reason: 'PAYMENT_TIMED_OUT' });
    await eventually(async () => expect(await rowOf(order.orderId)).toMatchObject({ refunded: 1000n }));
    const [refund] = await payments.prisma.refund.findMany({ where: { orderId: order.orderId } });
    expect(await paypal.deliver(endpoint, { about: refund?.id ?? '' })).toEqual([200]);
  });
});

describe('what is refused', () => {
  it.each([
    ['unsigned', 'UNSIGNED', 400, { unsigned: true }],
    ['changed on the way', 'UNSIGNED', 400, { tampered: true }],
    ['for somebody else’s webhook', 'UNSIGNED', 400, { webhookId: 'another' }],
    [
      'signed with a certificate from elsewhere',
      'UNSIGNED',
      400,
      { certUrl: 'https://evil.test/v1/notifications/certs/CERT-1' },
    ],
    ['sent longer ago than PayPal would', 'STALE', 400, { secondsAgo: 4 * 24 * 3600 }],
    ['sent in the future', 'STALE', 400, { secondsAgo: -400 }],
  ])('%s: it is counted, and nothing is looked up', async (_name, code, status, how) => {
    const before = await refusals(code);
    const order = await asked();
    paypal.books.approve(order.atPayPal);
    expect(await paypal.deliver(endpoint, { ...how, about: order.id })).toEqual([status]);
    expect(await refusals(code)).toBe(before + 1);
    expect(await outcomesOf(order.id)).toEqual([]);
    expect(await registry.metrics()).toContain(
      `emporium_provider_webhooks_total{provider="paypal",outcome="${code}"}`,
    );
    await payments.hear(orderFailed, { orderId: order.orderId, reason: 'PAYMENT_TIMED_OUT' });
  });

  it('for now, when its certificate cannot be had', async () => {
    atPayPal('nobody', '5.00');
    const certUrl = `${paypal.url}/v1/notifications/certs/CERT-missing`;
    expect(await paypal.deliver(endpoint, { ...captured, about: 'nobody', certUrl })).toEqual([503]);
    expect(await refusals('UNVERIFIABLE')).toBe(1);
  });

  it('of a payment that we do not know: it is kept, and moves nothing', async () => {
    atPayPal('nobody', '5.00');
    expect(await paypal.deliver(endpoint, { ...captured, about: 'nobody', times: 2 })).toEqual([422, 422]);
    expect(await outcomesOf('nobody')).toEqual([['PAYMENT.CAPTURE.COMPLETED', 'UNKNOWN_PAYMENT']]);
  });

  it('of another amount: it is kept, and moves nothing', async () => {
    const order = await asked();
    paypal.books.approve(order.atPayPal);
    expect(await paypal.deliver(endpoint, { about: order.id, lying: true })).toEqual([422]);
    expect(await outcomesOf(order.id)).toEqual([['CHECKOUT.ORDER.APPROVED', 'WRONG_AMOUNT']]);
    expect(await journalsOf(order.orderId)).toBe(0);
    await payments.hear(orderFailed, { orderId: order.orderId, reason: 'PAYMENT_TIMED_OUT' });
  });

  it('money for what ended without: it is kept for a person', async () => {
    const order = await asked();
    await payments.hear(orderFailed, { orderId: order.orderId, reason: 'PAYMENT_TIMED_OUT' });
    await payments.prisma.providerCall.updateMany({
      where: { id: order.id },
      data: { dueAt: new Date(0) },
    });
    await comesTo(order.orderId, 'VOIDED');
    atPayPal(order.id, '10.00');
    expect(await paypal.deliver(endpoint, { ...captured, about: order.id })).toEqual([422]);
    expect(await outcomesOf(order.id)).toEqual([['PAYMENT.CAPTURE.COMPLETED', 'UNEXPECTED_MONEY']]);
    expect(await journalsOf(order.orderId)).toBe(0);
  });
});
