/** The marketplace keeps a part of what is released, and gives it back with what goes back. */
import { linesCancelled, orderDelivered, paymentRequested } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { eventually, testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { auditLedger } from './infrastructure/ledger/audit/audit-ledger.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

let payments: TestPayments;
let auditorUrl: string;

beforeAll(async () => {
  const database = await testDatabase('payments');
  auditorUrl = database.auditorUrl;
  payments = openPayments(database.url, createTestProvider().provider);
  payments.startWork();
});
afterEach(async () => {
  expect(await brokenRules(payments.prisma)).toEqual([]);
  const { findings } = await auditLedger({ url: auditorUrl, sealedWithin: 600 });
  expect(findings).toEqual([]);
});
afterAll(() => payments.stop());

type Order = ReturnType<typeof anOrder>;
type Rate = Parameters<TestPayments['app']['setCommissionRate']>[0];

const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
const admin = asId<'User'>('admin');
const first = ({ orderId, shipments }: Order) => {
  const { shipmentId, sellerId } = shipments[0] ?? {};
  if (!shipmentId || !sellerId) throw new Error('an order has shipments');
  return { orderId, shipmentId, sellerId };
};
const set = (order: Order, basisPoints: number | null, more: Partial<Rate> = {}) =>
  payments.app.setCommissionRate(
    { sellerId: first(order).sellerId, currency: 'GBP', basisPoints, validFrom: null, ...more },
    admin,
  );
const captured = async (order: Order): Promise<Order> => {
  const { orderId } = order;
  await payments.hear(paymentRequested, order);
  await eventually(async () => {
    const { status } = await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
    expect(status).toBe('CAPTURED');
  });
  return order;
};
const deliver = (order: Order) => {
  const { orderId, shipmentId } = first(order);
  return payments.hear(orderDelivered, { orderId, shipmentId });
};
const callOff = (order: Order, minor: bigint) =>
  payments.hear(linesCancelled, {
    ...first(order),
    cancellationId: asId<'Cancellation'>(newId()),
    refund: gbp(minor),
    lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }],
  });
const escrowOf = (order: Order) =>
  payments.prisma.escrow.findUniqueOrThrow({ where: { shipmentId: first(order).shipmentId } });
const walletOf = async (userId: string) => {
  const viewer = { id: userId, roles: [], address: null };
  const [[wallet] = []] = (await payments.app.findWallets([userId], viewer)) as never as [[never]];
  if (!wallet) throw new Error('everybody has a wallet');
  const entries = await payments.app.findWalletEntries(wallet, { limit: 10, before: null }, viewer);
  return {
    balance: (wallet as { balance: { minor: bigint } }).balance.minor,
    entries: entries.map(({ kind, amount, commission }) => [kind, amount.minor, commission.minor]),
  };
};
/** What the marketplace keeps of one order. */
const keptOf = async ({ orderId }: Order) => {
  const [row] = await payments.prisma.$queryRaw<{ kept: bigint }[]>`
    SELECT coalesce(-sum(amount), 0)::bigint AS kept FROM entries JOIN journals ON journals.id = journal_id
    WHERE order_id = ${orderId} AND account_id = 'platform:fees:GBP'`;
  return row?.kept;
};

describe('a commission', () => {
  it('is kept of what is released, rounded once, half to even', async () => {
    const order = anOrder();
    await set(order, 250);
    await captured(order);
    await deliver(order);
    // 2.5 % of £7.00 are 17.5 pence.
    expect(await walletOf(first(order).sellerId)).toEqual({
      balance: 682n,
      entries: [['SALE', 682n, 18n]],
    });
    expect(await keptOf(order)).toBe(18n);
  });

  it('is nothing where no rate is set', async () => {
    const order = await captured(anOrder());
    await deliver(order);
    expect(await walletOf(first(order).sellerId)).toEqual({ balance: 700n, entries: [['SALE', 700n, 0n]] });
  });

  it('is that on what is left when a part went back before', async () => {
    const order = anOrder();
    await set(order, 250);
    await captured(order);
    await callOff(order, 100n);
    await deliver(order);
    expect(await escrowOf(order)).toMatchObject({ released: 600n, commission: 15n });
  });

  it.each([[[100n, 250n, 350n]], [[1n, 1n, 698n]], [[699n, 1n]], [[333n, 333n, 34n]], [[700n]]])(
    'goes back with parts %s of a sale, and sums to nothing',
    async (parts) => {
      const order = anOrder();
      await set(order, 333);
      await captured(order);
      await deliver(order);
      // Somebody else's money, so that the seller can always give.
      const wish = {
        userId: first(order).sellerId,
        token: 'tok',
        idempotencyKey: newId(),
        amount: gbp(1n),
      };
      await payments.app.topUpWallet(wish);
      let left = 700n;
      for (const part of parts) {
        await callOff(order, part);
        left -= part;
        const { commission } = await escrowOf(order);
        expect(await keptOf(order)).toBe(commission);
        expect((await walletOf(first(order).sellerId)).balance).toBe(left - commission + 1n);
      }
      expect(await keptOf(order)).toBe(0n);
    },
  );

  it('is given back first, then comes what the seller has, then the marketplace’s own', async () => {
    const order = anOrder();
    await set(order, 1000);
    await captured(order);
    await deliver(order);
    const { sellerId: userId } = first(order);
    await payments.app.withdraw({ userId, idempotencyKey: newId(), amount: gbp(600n) });
    await callOff(order, 200n);
    expect(await walletOf(userId)).toEqual({
      balance: 0n,
      entries: [
        ['REFUND', -30n, -20n],
        ['WITHDRAWAL', -600n, 0n],
        ['SALE', 630n, 70n],
      ],
    });
    const [row] = await payments.prisma.$queryRaw<{ lost: bigint }[]>`
      SELECT sum(amount)::bigint AS lost FROM entries JOIN journals ON journals.id = journal_id
      WHERE order_id = ${order.orderId} AND account_id LIKE 'claims:%:GBP'`;
    expect(row).toEqual({ lost: 150n });
  });

  it('comes back to who bought from themselves, too', async () => {
    const order = anOrder('WALLET');
    const buyerId = first(order).sellerId;
    const own = { ...order, buyerId };
    const wish = { userId: buyerId, token: 'tok', idempotencyKey: newId(), amount: gbp(1000n) };
    await payments.app.topUpWallet(wish);
    await set(own, 1000);
    await captured(own);
    await deliver(own);
    await callOff(own, 700n);
    expect(await walletOf(buyerId)).toMatchObject({ balance: 700n });
    expect(await keptOf(own)).toBe(0n);
  });

  it('is on what a dispute leaves the seller', async () => {
    const order = anOrder();
    await set(order, 1000);
    await captured(order);
    const opened = await payments.app.openDispute({
      ...{ userId: order.buyerId, shipmentId: first(order).shipmentId, reason: 'DAMAGED' },
      ...{ note: null, idempotencyKey: newId() },
    });
    if (!opened.ok) throw new Error(opened.refusal);
    await payments.app.decideDispute({
      ...{ userId: admin, disputeId: opened.dispute.id, inFavourOf: 'BUYER', refund: gbp(250n) },
    });
    expect((await walletOf(first(order).sellerId)).entries).toEqual([['SALE', 405n, 45n]]);
  });
});

describe('a rate', () => {
  const rateOf = async (order: Order) => (await escrowOf(await captured(order))).commissionRate;
  const inDays = async (days: number) => {
    const now = Date.parse(await payments.app.now());
    return asInstant(new Date(now + days * 86_400_000).toISOString());
  };

  it('is the narrowest that is set, the last of its kind, until it is ended', async () => {
    const order = anOrder();
    const again = () => ({ ...anOrder(), shipments: order.shipments.map(another) });
    const another = (shipment: Order['shipments'][number]) => ({
      ...shipment,
      shipmentId: asId<'Shipment'>(newId()),
    });
    await set(order, 300, { currency: null });
    expect(await rateOf(again())).toBe(300);
    await set(order, 200);
    await set(order, 100, { currency: 'EUR' });
    expect(await rateOf(again())).toBe(200);
    await set(order, 150);
    expect(await rateOf(again())).toBe(150);
    await set(order, null);
    expect(await rateOf(again())).toBe(300);
  });

  it('begins when it is said to, and not in the past', async () => {
    const order = anOrder();
    expect(await set(order, 500, { validFrom: await inDays(-1) })).toEqual({
      ok: false,
      refusal: 'IN_THE_PAST',
    });
    await set(order, 500, { validFrom: await inDays(1) });
    expect(await rateOf(order)).toBe(0);
  });

  it('is that of the time at which the order was paid', async () => {
    const order = anOrder();
    await set(order, 1000);
    await captured(order);
    await set(order, 0);
    await deliver(order);
    expect(await escrowOf(order)).toMatchObject({ commission: 70n });
  });

  it('is changed by nobody afterwards, not even the service', async () => {
    await set(anOrder(), 100);
    await expect(payments.prisma.commissionRate.updateMany({ data: { basisPoints: 0 } })).rejects.toThrow(
      /permission denied/,
    );
  });
});
