/** A seller has spent what is to go back: the marketplace gives it for them, and has it back from what they earn next. */
import { linesCancelled, orderDelivered, paymentRequested } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { createRegistry, type Role, type Viewer } from '@emporium/subgraph';
import { eventually, testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createRecoverClaims } from './application/recover-claims.ts';
import { createFindDebtors } from './infrastructure/find-debtors.ts';
import { auditLedger } from './infrastructure/ledger/audit/audit-ledger.ts';
import { foldBalances } from './infrastructure/ledger/fold-balances.ts';
import { measureMoney } from './infrastructure/money-metrics.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

let payments: TestPayments;
let schema: GraphQLSchema;
let auditorUrl: string;

beforeAll(async () => {
  const database = await testDatabase('payments');
  auditorUrl = database.auditorUrl;
  payments = openPayments(database.url, createTestProvider().provider);
  payments.startWork();
  schema = await createSchema();
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

/** Pages of the list, two at a time, each as a user's id and what they owe. */
const listClaims = async (viewer: Viewer): Promise<[string, string][]> => {
  const source = `query ($after: String) { claims(currency: "GBP", first: 2, after: $after) {
    edges { node { user { id } owed { amount } } } pageInfo { hasNextPage endCursor } } }`;
  const claims: [string, string][] = [];
  for (let after: string | null = null; ; ) {
    const contextValue = createContext(payments.app, viewer);
    const { data, errors } = await graphql({ schema, source, variableValues: { after }, contextValue });
    if (errors) throw errors[0];
    const { edges, pageInfo } = JSON.parse(JSON.stringify(data)).claims;
    for (const { node } of edges) claims.push([node.user.id, node.owed.amount]);
    if (!pageInfo.hasNextPage) return claims;
    after = pageInfo.endCursor;
  }
};

it('is listed for an administrator, most owed first, as long as it is owed', async () => {
  const [first, second, third] = [await aDebtor(), await aDebtor(), await aDebtor()];
  await writeOff(as('ADMIN'), second, '1.00');
  await writeOff(as('ADMIN'), third, '3.00');
  const listed = await listClaims(as('ADMIN'));
  expect(listed.filter(([userId]) => [first, second, third].includes(userId))).toEqual([
    [first, '3.00'],
    [second, '2.00'],
  ]);
  const amounts = listed.map(([, amount]) => Number(amount));
  expect(amounts).toEqual(amounts.toSorted((one, other) => other - one));
  expect(new Set(listed.map(([userId]) => userId)).size).toBe(listed.length);
  const metrics = createRegistry('test');
  measureMoney(metrics, payments.prisma);
  const owed = amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0);
  expect(await metrics.metrics()).toMatch(
    new RegExp(`emporium_claims_owed_minor_units\\{.*currency="GBP".*\\} ${owed}\n`),
  );
});

it('has pages of its own alone', async () => {
  const source = 'query ($after: String) { claims(after: $after) { edges { cursor } } }';
  for (const values of [
    ['claims', 'claims:x 1'],
    ['claims', '1'],
    ['other', '1 claims:x'],
    ['1 claims:x'],
  ]) {
    const after = Buffer.from(JSON.stringify(values)).toString('base64url');
    const contextValue = createContext(payments.app, as('ADMIN'));
    const { errors } = await graphql({ schema, source, variableValues: { after }, contextValue });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
});

/** Who proved who they are so many seconds ago. */
const as = (role: Role, secondsAgo = 0): Viewer => {
  const authenticatedAt = Math.floor(Date.now() / 1000) - secondsAgo;
  const session = { id: 'session', authenticatedAt, methods: ['pwd'], hasSecondFactor: false };
  return { id: newId(), roles: [role], address: null, session };
};
/** An answer, or the code of an error. */
const writeOff = async (
  viewer: Viewer,
  userId: string,
  amount: string,
  idempotencyKey: string = newId(),
  reason = 'Left the country.',
) => {
  const source = `mutation ($input: WriteOffClaimInput!) { writeOffClaim(input: $input) {
    __typename ... on ClaimWriteOff { id amount { amount } reason writtenOffBy wallet { owed { amount } } }
    ... on ClaimRefusal { code } } }`;
  const input = { userId, amount: { amount, currency: 'GBP' }, reason, idempotencyKey };
  const contextValue = createContext(payments.app, viewer);
  const { data, errors } = await graphql({ schema, source, variableValues: { input }, contextValue });
  return errors ? errors[0]?.extensions.code : JSON.parse(JSON.stringify(data)).writeOffClaim;
};

it('is written off by an administrator, once, and the books say at whose word', async () => {
  const [admin, key, sellerId] = [as('ADMIN'), newId(), await aDebtor()];
  const first = await writeOff(admin, sellerId, '2.00', key);
  expect(first).toMatchObject({
    ...{ __typename: 'ClaimWriteOff', amount: { amount: '2.00' }, writtenOffBy: admin.id },
    ...{ reason: 'Left the country.', wallet: { owed: { amount: '1.00' } } },
  });
  expect(await writeOff(admin, sellerId, '2.00', key)).toEqual(first);
  expect(await writeOff(admin, sellerId, '2.00', key, 'Other words')).toMatchObject({
    code: 'IDEMPOTENCY_MISMATCH',
  });
  expect(await writeOff(admin, sellerId, '1.01')).toMatchObject({ code: 'MORE_THAN_OWED' });
  expect(await walletOf(sellerId)).toEqual({ balance: 0n, owed: 100n });
  const where = { kind: 'WRITE_OFF', cause: sellerId };
  const journal = await payments.prisma.journal.findFirstOrThrow({ where, include: { entries: true } });
  expect(journal).toMatchObject({
    ...{ idempotencyKey: `write-off:${first.id}`, actor: `user:${admin.id}` },
    entries: expect.arrayContaining([
      expect.objectContaining({ accountId: 'platform:write-offs:GBP', amount: 200n }),
      expect.objectContaining({ accountId: `claims:${sellerId}:GBP`, amount: -200n }),
    ]),
  });
  const { findings } = await auditLedger({ url: auditorUrl, sealedWithin: 600 });
  expect(findings).toEqual([]);
});

it('is made good first out of what is there', async () => {
  const sellerId = await aDebtor();
  await sell(sellerId);
  expect(await writeOff(as('ADMIN'), sellerId, '3.00')).toMatchObject({ code: 'NOTHING_OWED' });
  expect(await walletOf(sellerId)).toEqual({ balance: 400n, owed: 0n });
});

it('is given up by nobody else, nor by who has not proven who they are', async () => {
  const sellerId = await aDebtor();
  expect(await writeOff(as('SUPPORT'), sellerId, '3.00')).toBe('FORBIDDEN');
  expect(await writeOff(as('ADMIN', 3600), sellerId, '3.00')).toBe('STEP_UP_REQUIRED');
  expect(await writeOff(as('ADMIN'), sellerId, '0.00')).toBe('BAD_USER_INPUT');
  expect(await walletOf(sellerId)).toEqual({ balance: 0n, owed: 300n });
});
