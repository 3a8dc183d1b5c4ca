import { paymentRequested } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { newSeal } from '@emporium/encryption/testing';
import { postgresAdapter } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { onPaymentRequested } from './application/on-payment-requested.ts';
import { sandboxAlone } from './domain/provider-routing.ts';
import { createTransact } from './infrastructure/database.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { brokenRules } from './test-audit.ts';
import { openForTests } from './test-card-token.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

const seal = newSeal();
const card = createTestProvider();
let payments: TestPayments;
let url: string;
beforeAll(async () => {
  ({ url } = await testDatabase('payments'));
  payments = openPayments(url, card.provider, 'everyone', seal);
});
afterEach(async () => {
  payments.left.length = 0;
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(() => payments.stop());

const keep = async (userId: string): Promise<string> => {
  const wish = { userId, token: 'tok', label: null, makeDefault: false, idempotencyKey: newId() };
  const kept = await payments.app.addPaymentMethod(wish);
  if (!kept.ok) throw new Error(kept.refusal);
  return kept.method.id;
};
const orderBy = (buyerId: string, paymentMethodId: string) => {
  const { sealedToken: _, ...order } = anOrder();
  return {
    ...order,
    buyerId: asId<'User'>(buyerId),
    paymentMethodId: asId<'PaymentMethod'>(paymentMethodId),
  };
};
const settleAll = () => Promise.all(payments.left.splice(0).map(payments.settle));
const rowOf = (orderId: string) => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });

describe('an order that a saved card pays', () => {
  it('is paid with the provider’s token, again and again', async () => {
    const userId = newId();
    const id = await keep(userId);
    for (const order of [orderBy(userId, id), orderBy(userId, id)]) {
      await payments.hear(paymentRequested, order);
      await settleAll();
      expect(await rowOf(order.orderId)).toMatchObject({ status: 'CAPTURED' });
    }
    expect(card.capturedWith.slice(-2)).toEqual([`pm-${id}`, `pm-${id}`]);
  });

  it.each<[string, string, (userId: string) => Promise<string>]>([
    ['is nobody’s', 'METHOD_NOT_FOUND', async () => newId()],
    ['is somebody else’s', 'METHOD_NOT_FOUND', () => keep(newId())],
    [
      'was removed since the order was placed',
      'METHOD_REMOVED',
      async (userId) => {
        const paymentMethodId = await keep(userId);
        await payments.app.removePaymentMethod({ userId, paymentMethodId });
        return paymentMethodId;
      },
    ],
    [
      'has expired',
      'METHOD_EXPIRED',
      async (userId) => {
        const id = await keep(userId);
        await payments.prisma.paymentMethod.update({
          where: { id },
          data: { expiryMonth: 12, expiryYear: 2020 },
        });
        return id;
      },
    ],
  ])('is declined when that %s, and no card is asked', async (_what, reason, choose) => {
    const userId = newId();
    const order = orderBy(userId, await choose(userId));
    const { orderId } = order;
    const before = card.captureRequests.length;
    await payments.hear(paymentRequested, order);
    expect(payments.left).toEqual([]);
    expect(card.captureRequests).toHaveLength(before);
    expect(await rowOf(orderId)).toMatchObject({ status: 'DECLINED', declineReason: reason });
    const [told] = await payments.prisma.outboxMessage.findMany({ where: { aggregateId: orderId } });
    expect(told).toMatchObject({
      subject: 'emporium.payments.declined.v1',
      envelope: { payload: { orderId, reason: 'CARD_DECLINED' } },
    });
    const seenBy = async (id: string) => {
      const [payment] = await payments.app.findPayments([{ orderId, orderToken: null }], {
        ...{ id, roles: [], address: null },
      });
      return payment?.declineReason;
    };
    expect(await seenBy(userId)).toBe(reason);
    expect(await seenBy(order.shipments[0]?.sellerId ?? '')).toBeNull();
  });

  it('is no guest’s, whoever the card is of', async () => {
    const order = orderBy(`guest:${newId()}`, await keep(newId()));
    await payments.hear(paymentRequested, order);
    expect(await rowOf(order.orderId)).toMatchObject({ declineReason: 'METHOD_NOT_FOUND' });
  });

  it('is asked for once, also when it is heard again after the card is removed', async () => {
    const userId = newId();
    const paymentMethodId = await keep(userId);
    const order = orderBy(userId, paymentMethodId);
    await payments.hear(paymentRequested, order);
    await payments.app.removePaymentMethod({ userId, paymentMethodId });
    await settleAll();
    await payments.hear(paymentRequested, order);
    expect(await rowOf(order.orderId)).toMatchObject({ status: 'CAPTURED' });
  });

  it('costs a statement more, however many come together, and one with a token none', async () => {
    const counted = new PrismaClient({
      adapter: postgresAdapter(url, 'payments'),
      log: [{ emit: 'event', level: 'query' }],
    });
    let statements = 0;
    counted.$on('query', () => {
      statements += 1;
    });
    const transact = createTransact(counted, () => undefined, seal, {}, sandboxAlone, openForTests);
    const userId = newId();
    const id = await keep(userId);
    const costOf = async (orders: readonly ReturnType<typeof orderBy>[]): Promise<number> => {
      const before = statements;
      const occurredAt = asInstant('2026-01-01T00:00:00.000Z');
      const received = orders.map((payload) => ({
        ...{ id: newId(), occurredAt, correlationId: 'test', payload },
      }));
      await transact((ports) => onPaymentRequested.handle(ports, received));
      return statements - before;
    };
    const byCard = () => orderBy(userId, id);
    const byToken = anOrder as unknown as typeof byCard;
    const eight = <T>(make: () => T): T[] => Array.from({ length: 8 }, () => make());
    // BEGIN and COMMIT, rates, turns and payment, rows, the start, and the call; messaging's inbox row is beside it.
    const usual = await costOf([byToken()]);
    expect(usual).toBe(6);
    expect(await costOf(eight(byToken))).toBe(usual);
    expect(await costOf([byCard()])).toBe(usual + 1);
    expect(await costOf([...eight(byCard), ...eight(byToken)])).toBe(usual + 1);
    await counted.$disconnect();
  });
});
