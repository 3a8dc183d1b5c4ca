import { orderCancelled, paymentRequested } from '@emporium/contracts';
import { asInstant } from '@emporium/domain';
import { newSeal } from '@emporium/encryption/testing';
import { postgresAdapter } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { onPaymentRequested } from './application/on-payment-requested.ts';
import { sandboxAlone } from './domain/provider-routing.ts';
import { createTransact } from './infrastructure/database.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { auditLedger } from './infrastructure/ledger/audit/audit-ledger.ts';
import { brokenRules } from './test-audit.ts';
import { openForTests } from './test-card-token.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

const card = createTestProvider();
let payments: TestPayments;
let databaseUrl: string;
let auditorUrl: string;

beforeAll(async () => {
  const database = await testDatabase('payments');
  databaseUrl = database.url;
  auditorUrl = database.auditorUrl;
  payments = openPayments(database.url, card.provider);
});
afterEach(async () => {
  card.behaves();
  payments.left.length = 0;
  expect(await brokenRules(payments.prisma)).toEqual([]);
  expect((await auditLedger({ url: auditorUrl, sealedWithin: 600 })).findings).toEqual([]);
});
afterAll(() => payments.stop());

type Order = ReturnType<typeof anOrder>;

const messagesFor = (orders: readonly Order[]) =>
  orders.map((payload) => ({ id: `asked-${payload.orderId}`, payload }));
const hearTogether = (orders: readonly Order[]) => payments.hearAll(paymentRequested, messagesFor(orders));
/** What the provider is asked for in real life as soon as the requests have committed. */
const settleAll = () => Promise.all(payments.left.splice(0).map(payments.settle));
const idsOf = (orders: readonly Order[]) => orders.map(({ orderId }) => orderId);
const statusesOf = async (orders: readonly Order[]) => {
  const rows = await payments.prisma.payment.findMany({ where: { orderId: { in: idsOf(orders) } } });
  const statuses = new Map(rows.map(({ orderId, status }) => [orderId, status]));
  return orders.map(({ orderId }) => statuses.get(orderId) ?? null);
};
const outboxOf = (orders: readonly Order[]) =>
  payments.prisma.outboxMessage.findMany({ where: { aggregateId: { in: idsOf(orders) } } });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const fill = async (userId: string, minor: bigint) => {
  const amount = { minor, currency: 'GBP' };
  await payments.app.topUpWallet({ userId, amount, token: 'tok', idempotencyKey: newId() });
};

describe('requests that are heard together', () => {
  it('are each paid once, held per shipment, booked and told under their own cause', async () => {
    const cards = times(10, () => anOrder());
    const wallets = times(3, () => anOrder('WALLET'));
    for (const { buyerId } of wallets) await fill(buyerId, 1000n);
    const { sealedToken: _none, ...cardless } = anOrder();
    const orders = [...cards.slice(0, 5), ...wallets, cardless as Order, ...cards.slice(5)];
    expect(await hearTogether(orders)).toEqual({ type: 'ack' });
    await settleAll();
    expect(await statusesOf(orders)).toEqual(
      orders.map((order) => (order === cardless ? 'DECLINED' : 'CAPTURED')),
    );
    const paid = [...cards, ...wallets];
    const { prisma } = payments;
    const escrows = await prisma.escrow.findMany({ where: { orderId: { in: idsOf(paid) } } });
    const held = new Map(escrows.map((row) => [row.shipmentId, row]));
    for (const { orderId, shipments } of paid) {
      for (const { shipmentId, sellerId, amount } of shipments) {
        const expected = { orderId, sellerId, amount: amount.minor, captured: amount.minor, state: 'HELD' };
        expect(held.get(shipmentId)).toMatchObject(expected);
      }
    }
    const journals = await prisma.journal.findMany({ where: { orderId: { in: idsOf(orders) } } });
    expect(new Set(journals.map(({ orderId, eventId }) => `${orderId} ${eventId}`))).toEqual(
      new Set(paid.map(({ orderId }) => `${orderId} asked-${orderId}`)),
    );
    expect(journals).toHaveLength(paid.length);
    const outbox = await outboxOf(orders);
    expect(outbox).toHaveLength(orders.length);
    for (const { aggregateId, envelope } of outbox) {
      expect(envelope).toMatchObject({ correlationId: aggregateId, causationId: `asked-${aggregateId}` });
    }
    expect(await prisma.providerCall.count({ where: { subject: { in: idsOf(orders) } } })).toBe(0);
  });

  it('cost as many statements as one', async () => {
    const counted = new PrismaClient({
      adapter: postgresAdapter(databaseUrl, 'payments'),
      log: [{ emit: 'event', level: 'query' }],
    });
    let statements = 0;
    counted.$on('query', () => {
      statements += 1;
    });
    const transact = createTransact(counted, () => undefined, newSeal(), {}, sandboxAlone, openForTests);
    const costOf = async (count: number): Promise<number> => {
      const before = statements;
      const orders = times(count, () => anOrder());
      const occurredAt = asInstant('2026-01-01T00:00:00.000Z');
      const received = messagesFor(orders).map((each) => ({ ...each, occurredAt, correlationId: 'test' }));
      await transact((ports) => onPaymentRequested.handle(ports, received));
      return statements - before;
    };
    expect(await costOf(16)).toBe(await costOf(1));
    await counted.$disconnect();
  });

  it('are undone when one of them is refused, and then harm each other no more', async () => {
    const good = anOrder();
    const bad = { ...anOrder(), total: { minor: 999n, currency: 'GBP' } };
    expect(await hearTogether([good, bad])).toMatchObject({ type: 'park' });
    // As messaging does then.
    expect(await hearTogether([good])).toEqual({ type: 'ack' });
    expect(await hearTogether([bad])).toMatchObject({ type: 'park' });
    await settleAll();
    expect(await statusesOf([good, bad])).toEqual(['CAPTURED', null]);
  });

  it('of one wallet are decided one after the other, and never take more than it holds', async () => {
    const { buyerId } = anOrder();
    await fill(buyerId, 2500n);
    const orders = times(6, () => ({ ...anOrder('WALLET'), buyerId }));
    const others = times(2, () => anOrder('WALLET'));
    for (const other of others) await fill(other.buyerId, 1000n);
    await hearTogether([...orders, ...others]);
    const [first, second, ...rest] = await statusesOf(orders);
    expect([first, second]).toEqual(['CAPTURED', 'CAPTURED']);
    expect(rest).toEqual(times(4, () => 'DECLINED'));
    expect(await statusesOf(others)).toEqual(['CAPTURED', 'CAPTURED']);
  });

  it('of one order ask for its money once', async () => {
    const order = anOrder();
    const twice = ['first', 'second'].map((id) => ({ id, payload: order }));
    await payments.hearAll(paymentRequested, twice);
    expect(payments.left).toHaveLength(1);
    const before = card.captures();
    await settleAll();
    expect(card.captures() - before).toBe(1);
  });

  it('in other transactions at the same moment, in any order, are each paid once', async () => {
    const orders = times(8, () => anOrder());
    const before = card.captures();
    await Promise.all([hearTogether(orders), hearTogether(orders.toReversed()), hearTogether(orders)]);
    await settleAll();
    expect(await statusesOf(orders)).toEqual(orders.map(() => 'CAPTURED'));
    expect(card.captures() - before).toBe(8);
    expect(await outboxOf(orders)).toHaveLength(8);
  });

  it('leave nothing of those whose order had ended', async () => {
    const ended = anOrder();
    const order = anOrder();
    await payments.hear(orderCancelled, { orderId: ended.orderId });
    await hearTogether([ended, order]);
    expect(payments.left.map(({ subject }) => subject)).toEqual([order.orderId]);
    await settleAll();
    expect(await statusesOf([ended, order])).toEqual(['VOIDED', 'CAPTURED']);
  });
});

describe('answers that come together', () => {
  it('are recorded together, and one that cannot be harms no other', async () => {
    const { prisma } = payments;
    const orders = times(6, () => anOrder());
    await hearTogether(orders);
    let letGo: () => void = () => undefined;
    const after = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    card.behaves(...times(6, () => ({ keeps: 'CAPTURED', after }) as const));
    const calls = payments.left.splice(0);
    const settled = calls.map(payments.settle);
    const guilty = calls[2]?.subject ?? '';
    // The provider gave its capture a name that another payment has.
    await prisma.$executeRaw`
      INSERT INTO payments (order_id, id, status, provider_capture_id) VALUES ('taken', 'taken', 'VOIDED', ${`capture-${calls[2]?.id}`})`;
    letGo();
    const outcomes = await Promise.allSettled(settled);
    expect(outcomes.map(({ status }) => status)).toEqual(
      calls.map(({ subject }) => (subject === guilty ? 'rejected' : 'fulfilled')),
    );
    expect(await statusesOf(orders)).toEqual(
      orders.map(({ orderId }) => (orderId === guilty ? 'CAPTURING' : 'CAPTURED')),
    );
    await prisma.$executeRaw`DELETE FROM payments WHERE order_id = 'taken'`;
    const call = calls.find(({ subject }) => subject === guilty);
    if (call) await payments.settle({ ...call, ready: null });
    expect(await statusesOf(orders)).toEqual(orders.map(() => 'CAPTURED'));
    const journals = await prisma.journal.findMany({ where: { orderId: { in: idsOf(orders) } } });
    expect(journals.map(({ orderId, eventId }) => `${orderId} ${eventId}`).sort()).toEqual(
      idsOf(orders)
        .map((id) => `${id} asked-${id}`)
        .sort(),
    );
    expect(await outboxOf(orders)).toHaveLength(6);
  });
});
