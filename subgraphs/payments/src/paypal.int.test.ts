import { linesCancelled } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { createPayPalSandbox, type PayPalSandbox } from '@emporium/paypal-sandbox';
import type { Fault } from '@emporium/provider-sandbox';
import { testDatabase } from '@emporium/testing';
import { pino } from 'pino';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRouting } from './domain/provider-routing.ts';
import {
  createPayPalProvider,
  type PayPalProvider,
} from './infrastructure/providers/paypal/paypal-provider.ts';
import { brokenRules } from './test-audit.ts';
import { requestPayment } from './test-card-order.ts';
import { openPayments, type TestPayments } from './test-payments.ts';
import { aTopUp } from './test-top-up.ts';

const timeoutMs = 1000;
const logger = pino({ level: 'silent' });
let paypal: PayPalSandbox;
let provider: PayPalProvider;
let payments: TestPayments;

beforeAll(async () => {
  paypal = await createPayPalSandbox();
  provider = createPayPalProvider({
    ...{ ...paypal.credentials, url: paypal.url, logger, timeoutMs },
    returnUrl: 'https://shop.test/paid',
  });
  const routing = createRouting(new Map([['*', ['paypal']]]), { paypal: ['paypal'] });
  const { url } = await testDatabase('payments');
  payments = openPayments(url, provider, 'everyone', undefined, { providers: () => provider, routing });
});
afterEach(async () => {
  paypal.calm();
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(async () => {
  await payments.stop();
  await provider.close();
  await paypal.stop();
});

/** An order whose payment was asked for, and what PayPal has of it. */
const requested = async () => {
  const order = await requestPayment(payments, 'paypal');
  const atPayPal = () => {
    const [found] = paypal.books.ordersOf(order.id);
    if (!found) throw new Error('PayPal has heard of nothing');
    return found;
  };
  const held = () => paypal.books.paymentsOf(atPayPal());
  return { ...order, atPayPal, held };
};

/** One whose buyer has been told where to agree. */
const asked = async () => {
  const order = await requested();
  await order.work();
  expect((await order.row()).nextAction).not.toBeNull();
  return order;
};

/** One whose buyer has agreed. */
const approved = async () => {
  const order = await asked();
  paypal.books.approve(order.atPayPal().id);
  return order;
};

const paid = async () => {
  const order = await approved();
  await order.work();
  expect((await order.row()).status).toBe('CAPTURED');
  return order;
};

/** The look-up and the reading before a capture go well, and the look-up after it does not. */
const lookUpAfter = (fault: Fault) => [null, null, fault];

describe('who pays with PayPal', () => {
  it('agrees there first: then the money is held and taken, once, and held at PayPal in the books', async () => {
    const tokens = paypal.asked('token');
    const order = await asked();
    const { id } = order.atPayPal();
    expect(await order.row()).toMatchObject({
      status: 'CAPTURING',
      nextAction: { url: `${paypal.url}/checkoutnow?token=${id}`, clientSecret: null, providerOrderId: id },
    });
    await order.work();
    expect((await order.row()).status).toBe('CAPTURING');
    paypal.books.approve(id);
    await order.work();
    const [capture] = order.held().captures;
    expect(await order.row()).toMatchObject({
      ...{ status: 'CAPTURED', providerCaptureId: capture?.id, nextAction: null },
    });
    expect(order.held().captures).toMatchObject([{ amount: { value: '10.00', currency_code: 'GBP' } }]);
    expect(paypal.asked('token')).toBeLessThanOrEqual(tokens + 1);
    const where = { accountId: 'provider:paypal:GBP', journal: { orderId: order.orderId } };
    expect(await payments.prisma.entry.findFirst({ where })).toMatchObject({ amount: 1000n });
  });

  it('and has nothing there is declined', async () => {
    const order = await asked();
    paypal.books.approve(order.atPayPal().id, 'CANNOT_PAY');
    await order.work();
    expect(await order.row()).toMatchObject({ status: 'DECLINED', declineReason: 'CARD_DECLINED' });
    expect(order.held().captures).toEqual([]);
  });

  it('and never agrees is declined when PayPal has given up waiting', async () => {
    const order = await asked();
    paypal.books.expire(order.atPayPal().id);
    await order.work();
    expect(await order.row()).toMatchObject({ status: 'DECLINED', declineReason: 'CARD_DECLINED' });
  });

  it.each<['token' | 'create', Fault]>([
    ['token', 'FAILS_BEFORE'],
    ['create', 'SILENT_AFTER'],
    ['create', 'LIES'],
  ])('is asked about one order when %s goes wrong: %s', async (operation, fault) => {
    const order = await requested();
    if (operation === 'token') paypal.expireTokens();
    paypal.misbehaves(operation, fault);
    await order.work();
    expect((await order.row()).nextAction).toBeNull();
    await order.work();
    expect((await order.row()).nextAction).not.toBeNull();
    expect(paypal.books.ordersOf(order.id)).toHaveLength(1);
  });

  it.each<['retrieve' | 'authorise' | 'capture', Fault]>([
    ['retrieve', 'SILENT_BEFORE'],
    ['authorise', 'SILENT_AFTER'],
    ['authorise', 'LIES'],
    ['capture', 'SILENT_AFTER'],
    ['capture', 'LIES'],
  ])('is charged once when %s goes wrong: %s', async (operation, fault) => {
    const order = await approved();
    paypal.misbehaves(operation, fault);
    await order.work();
    if ((await order.row()).status === 'CAPTURING') await order.work();
    expect((await order.row()).status).toBe('CAPTURED');
    expect(order.held()).toMatchObject({ authorizations: [{ status: 'CAPTURED' }], captures: [{}] });
  });

  it('is charged once although the answer was lost, and PayPal has forgotten our keys and our token', async () => {
    const order = await approved();
    paypal.misbehaves('capture', 'SILENT_AFTER');
    paypal.misbehaves('retrieve', ...lookUpAfter('FAILS_BEFORE'));
    await order.work();
    expect((await order.row()).status).toBe('CAPTURING');
    paypal.forgetKeys();
    paypal.expireTokens();
    await order.work();
    expect((await order.row()).status).toBe('CAPTURED');
    expect(paypal.books.ordersOf(order.id)).toHaveLength(1);
    expect(order.held().captures).toHaveLength(1);
  });

  it('is not booked while PayPal tells of another amount', async () => {
    const order = await approved();
    paypal.misbehaves('capture', 'LIES');
    paypal.misbehaves('retrieve', ...lookUpAfter('LIES'));
    await order.work();
    expect((await order.row()).status).toBe('CAPTURING');
    expect(await payments.prisma.journal.count({ where: { orderId: order.orderId } })).toBe(0);
  });
});

describe('an order that has ended', () => {
  it('asks its buyer for nothing any more', async () => {
    const order = await asked();
    await order.fail();
    await order.work();
    expect(await order.row()).toMatchObject({ status: 'VOIDED', nextAction: null });
    paypal.books.approve(order.atPayPal().id);
    await order.work();
    expect(order.held().authorizations).toEqual([]);
  });

  it.each<['authorise' | 'capture', Fault]>([
    ['authorise', 'SILENT_AFTER'],
    ['authorise', 'SILENT_BEFORE'],
    ['capture', 'SILENT_BEFORE'],
  ])('has let go of what was held when %s had gone wrong: %s', async (operation, fault) => {
    const order = await approved();
    paypal.misbehaves(operation, fault);
    await order.work();
    await order.fail();
    await order.work();
    expect((await order.row()).status).toBe('VOIDED');
    expect(order.held()).toMatchObject({ authorizations: [{ status: 'VOIDED' }], captures: [] });
  });

  it('gets back what was taken all the same', async () => {
    const order = await approved();
    paypal.misbehaves('capture', 'SILENT_AFTER');
    paypal.misbehaves('retrieve', ...lookUpAfter('FAILS_BEFORE'));
    await order.work();
    await order.cancel();
    await order.work();
    await order.work();
    expect(await order.row()).toMatchObject({ status: 'CAPTURED', refunded: 1000n, refunding: 0n });
    expect(order.held()).toMatchObject({ captures: [{ status: 'REFUNDED' }], refunds: [{}] });
  });

  it.each<Fault>(['SILENT_AFTER', 'FAILS_BEFORE', 'LIES'])(
    'is refunded once when that goes wrong: %s',
    async (fault) => {
      const order = await paid();
      await order.cancel();
      paypal.misbehaves('refund', fault);
      await order.work();
      expect(await order.row()).toMatchObject({ refunded: 0n, refunding: 1000n });
      await order.work();
      expect(await order.row()).toMatchObject({ refunded: 1000n });
      expect(order.held().refunds).toMatchObject([{ amount: { value: '10.00' } }]);
    },
  );
});

it('a part goes back, and the rest later', async () => {
  const order = await paid();
  const { orderId, shipments } = order;
  const [{ shipmentId, sellerId }] = shipments as [(typeof shipments)[number]];
  await payments.hear(linesCancelled, {
    ...{ orderId, shipmentId, sellerId, cancellationId: asId<'Cancellation'>(newId()) },
    refund: { minor: 250n, currency: 'GBP' },
    lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }],
  });
  await order.work();
  expect(await order.row()).toMatchObject({ refunded: 250n });
  await order.cancel();
  for (let time = 0; time < 2; time += 1) await order.work();
  expect(await order.row()).toMatchObject({ refunded: 1000n });
  const amounts = order.held().refunds.map(({ amount }) => amount.value);
  expect(amounts.toSorted()).toEqual(['2.50', '7.50']);
});

it('a top-up is there when its owner has agreed to it', async () => {
  const topUp = aTopUp(payments, 'paypal');
  const waits = { ok: true, wallet: { topUps: [{ nextAction: { url: expect.any(String) } }] } };
  expect(await topUp.ask()).toMatchObject(waits);
  const [order] = paypal.books.ordersOf((await topUp.row()).id);
  if (!order) throw new Error('PayPal has heard of nothing');
  paypal.books.approve(order.id);
  await topUp.work();
  expect(await topUp.ask()).toMatchObject({ ok: true, wallet: { balance: { minor: 500n }, topUps: [] } });
});
