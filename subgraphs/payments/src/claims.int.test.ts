/** A seller has spent what is to go back: the marketplace gives it for them, and has it back from what they earn next. */
import { linesCancelled, orderDelivered, paymentRequested } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { eventually, testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createRecoverClaims } from './application/recover-claims.ts';
import { createFindDebtors } from './infrastructure/find-debtors.ts';
import { foldBalances } from './infrastructure/ledger/fold-balances.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

let payments: TestPayments;

beforeAll(async () => {
  payments = openPayments((await testDatabase('payments')).url, createTestProvider().provider);
  payments.startWork();
});
afterEach(async () => {
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(() => payments.stop());

const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
const reader = (id: string) => ({ id, roles: [], address: null });
const walletOf = async (userId: string) => {
  const [wallets] = await payments.app.findWallets([userId], reader(userId));
  return { balance: wallets?.[0]?.balance.minor, owed: wallets?.[0]?.owed.minor };
};
const withdraw = (userId: string, minor: bigint) =>
  payments.app.withdraw({ userId, idempotencyKey: newId(), amount: gbp(minor) });

/** Sold for 7.00 and paid out of escrow. */
const sell = async (sellerId: string) => {
  const { shipments, ...order } = anOrder();
  const sold = shipments.map((shipment, index) =>
    index === 0 ? { ...shipment, sellerId: asId<'User'>(sellerId) } : shipment,
  );
  const { orderId } = order;
  await payments.hear(paymentRequested, { ...order, shipments: sold });
  await eventually(async () =>
    expect(await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } })).toMatchObject({
      status: 'CAPTURED',
    }),
  );
  const shipmentId = sold[0]?.shipmentId ?? asId<'Shipment'>('');
  await payments.hear(orderDelivered, { orderId, shipmentId });
  return { orderId, shipmentId };
};

/** Their first sale, spent; of which 3.00 went back. */
const aDebtor = async (): Promise<string> => {
  const sellerId = newId();
  const sale = await sell(sellerId);
  await withdraw(sellerId, 700n);
  await payments.hear(linesCancelled, {
    ...{ ...sale, sellerId: asId<'User'>(sellerId), cancellationId: asId<'Cancellation'>(newId()) },
    ...{ refund: gbp(300n), lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }] },
  });
  return sellerId;
};

it('owes it, and cannot take out what would pay for it', async () => {
  const sellerId = await aDebtor();
  expect(await walletOf(sellerId)).toEqual({ balance: 0n, owed: 300n });
  await sell(sellerId);
  expect(await withdraw(sellerId, 401n)).toMatchObject({ ok: false, refusal: 'INSUFFICIENT_FUNDS' });
  expect(await walletOf(sellerId)).toEqual({ balance: 400n, owed: 0n });
  expect(await withdraw(sellerId, 400n)).toMatchObject({ ok: true });
});

it('pays for it with the first that comes in, once, and is told so', async () => {
  const sellerId = await aDebtor();
  const recover = createRecoverClaims(payments.transact, createFindDebtors(payments.prisma));
  await foldBalances(payments.prisma);
  expect(await recover()).toBe(0);
  await sell(sellerId);
  await foldBalances(payments.prisma);
  expect(await recover()).toBe(1);
  expect(await recover()).toBe(0);
  expect(await walletOf(sellerId)).toEqual({ balance: 400n, owed: 0n });
  const [wallets] = await payments.app.findWallets([sellerId], reader(sellerId));
  const wallet = wallets?.[0];
  if (!wallet) throw new Error('everybody has a wallet');
  const entries = await payments.app.findWalletEntries(
    wallet,
    { limit: 1, before: null },
    reader(sellerId),
  );
  expect(entries).toMatchObject([{ kind: 'RECOVERY', amount: gbp(-300n), orderId: null }]);
});

it('owes the rest when what comes in is not enough', async () => {
  const sellerId = newId();
  const [first, second] = [await sell(sellerId), await sell(sellerId)];
  await withdraw(sellerId, 1400n);
  for (const sale of [first, second]) {
    await payments.hear(linesCancelled, {
      ...{ ...sale, sellerId: asId<'User'>(sellerId), cancellationId: asId<'Cancellation'>(newId()) },
      ...{ refund: gbp(700n), lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }] },
    });
  }
  expect(await walletOf(sellerId)).toEqual({ balance: 0n, owed: 1400n });
  await sell(sellerId);
  expect(await withdraw(sellerId, 1n)).toMatchObject({ ok: false, refusal: 'INSUFFICIENT_FUNDS' });
  expect(await walletOf(sellerId)).toEqual({ balance: 0n, owed: 700n });
});
