/** Sellers who are paid in a currency of their own. Each test has currencies of its own: rates are everybody's. */
import {
  linesCancelled,
  orderDelivered,
  type PayloadOf,
  paymentRequested,
  returnReceived,
} from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { newSeal } from '@emporium/encryption/testing';
import type { Subscriber } from '@emporium/messaging';
import { anonymous, postgresAdapter, type Role, type Viewer } from '@emporium/subgraph';
import { eventually, testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { onLinesCancelled } from '../../application/on-lines-cancelled.ts';
import { onOrderDelivered } from '../../application/on-order-delivered.ts';
import { onPaymentRequested } from '../../application/on-payment-requested.ts';
import type { Ports } from '../../application/ports.ts';
import { sandboxAlone } from '../../domain/provider-routing.ts';
import type { ReadyCall } from '../../infrastructure/committed.ts';
import { createTransact } from '../../infrastructure/database.ts';
import { PrismaClient } from '../../infrastructure/generated/client.ts';
import { auditLedger } from '../../infrastructure/ledger/audit/audit-ledger.ts';
import { brokenRules } from '../../test-audit.ts';
import { openForTests, sealedForTests } from '../../test-card-token.ts';
import { openPayments, type TestPayments } from '../../test-payments.ts';
import { createTestProvider } from '../../test-provider.ts';
import { createContext } from '../context.ts';
import { createSchema } from '../create-schema.ts';

let payments: TestPayments;
let schema: GraphQLSchema;
let databaseUrl: string;
let auditorUrl: string;

beforeAll(async () => {
  const database = await testDatabase('payments');
  [databaseUrl, auditorUrl] = [database.url, database.auditorUrl];
  payments = openPayments(databaseUrl, createTestProvider().provider);
  payments.startWork();
  schema = await createSchema();
});
afterAll(() => payments.stop());

const as = (id: string, ...roles: Role[]): Viewer => ({ id, roles, address: null });
const admin = as(newId(), 'ADMIN');

const ask = async (viewer: Viewer, source: string, variableValues: Record<string, unknown> = {}) => {
  const contextValue = createContext(payments.app, viewer);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  const plain = JSON.parse(JSON.stringify(data ?? null));
  return { data: plain, codes: (errors ?? []).map(({ extensions }) => extensions.code) };
};
const daysAgo = async (days: number): Promise<string> =>
  new Date(Date.parse(await payments.app.now()) - days * 86_400_000).toISOString().slice(0, 10);
const answer =
  '__typename ... on SettlementRates { rates { base quote rate onDate source } } ... on SettlementRefusal { code message }';
const setRates = (viewer: Viewer, input: object) =>
  ask(
    viewer,
    `mutation ($input: SettlementRatesInput!) { setSettlementRates(input: $input) { ${answer} } }`,
    {
      input,
    },
  );
/** What one euro was so many days ago: invented numbers. */
const rates = async (days: number, worth: Readonly<Record<string, string>>): Promise<void> => {
  const input = {
    onDate: await daysAgo(days),
    rates: Object.entries(worth).map(([quote, rate]) => ({ quote, rate })),
  };
  const { data, codes } = await setRates(admin, input);
  expect([codes, data.setSettlementRates.__typename]).toEqual([[], 'SettlementRates']);
};
const settleIn = async (sellerId: string, currency: string | null) => {
  const source =
    'mutation ($currency: CurrencyCode) { setSettlementCurrency(currency: $currency) { __typename ... on Seller { id settlementCurrency } ... on SettlementRefusal { code } } }';
  return (await ask(as(sellerId, 'SELLER'), source, { currency })).data.setSettlementCurrency;
};

type Order = PayloadOf<typeof paymentRequested>;

/** One shipment, of a seller who wants to be paid in a currency. */
const anOrder = async (minor: bigint, currency: string, own: string | null): Promise<Order> => {
  const sellerId = asId<'User'>(newId());
  if (own !== null) await settleIn(sellerId, own);
  const amount = { minor, currency };
  const orderId = asId<'Order'>(newId());
  return {
    ...{ orderId, buyerId: asId(newId()), total: amount, method: 'CARD' },
    sealedToken: sealedForTests(orderId, 'tok'),
    shipments: [{ shipmentId: asId(newId()), sellerId, amount }],
  };
};
const first = ({ orderId, shipments }: Order) => {
  const { shipmentId, sellerId } = shipments[0] ?? {};
  if (!shipmentId || !sellerId) throw new Error('an order has shipments');
  return { orderId, shipmentId, sellerId };
};
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
const callingOff = (order: Order, minor: bigint) => ({
  ...first(order),
  cancellationId: asId<'Cancellation'>(newId()),
  refund: { minor, currency: order.total.currency },
  lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }],
});
const callOff = (order: Order, minor: bigint) => payments.hear(linesCancelled, callingOff(order, minor));
const sendBack = (order: Order, minor: bigint) =>
  payments.hear(returnReceived, {
    ...{ ...first(order), returnId: asId<'Return'>(newId()) },
    refund: { minor, currency: order.total.currency },
    lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1, disposition: 'RESTOCK' }],
  });
const setCommission = (order: Order, basisPoints: number) =>
  payments.app.setCommissionRate(
    { sellerId: first(order).sellerId, currency: null, basisPoints, validFrom: null },
    asId<'User'>('admin'),
  );
/** What an order's journals moved, by account; the provider's and escrow's left out. */
const booked = async ({ orderId }: Order): Promise<Record<string, bigint>> => {
  const rows = await payments.prisma.$queryRaw<{ account: string; amount: bigint }[]>`
    SELECT regexp_replace(account_id, '^(wallet|refunds-due):[^:]+', '\\1') AS account, sum(amount)::bigint AS amount
    FROM entries JOIN journals ON journals.id = journal_id
    WHERE order_id = ${orderId} AND account_id !~ '^(provider|escrow):' GROUP BY 1`;
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
};
const balanceOf = async (userId: string, currency: string) => {
  const [wallets] = await payments.app.findWallets([userId], as(userId));
  return wallets?.find(({ balance }) => balance.currency === currency)?.balance.minor ?? 0n;
};
const escrowOf = (order: Order) =>
  payments.prisma.escrow.findUniqueOrThrow({ where: { shipmentId: first(order).shipmentId } });
const entity = async (viewer: Viewer, typename: string, id: string, fields: string) => {
  const source = `query($of: [_Any!]!) { _entities(representations: $of) { ... on ${typename} { ${fields} } } }`;
  const { data, codes } = await ask(viewer, source, { of: [{ __typename: typename, id }] });
  expect(codes).toEqual([]);
  return data._entities[0];
};

describe('a sale to a seller who wants another currency', () => {
  afterEach(async () => {
    expect(await brokenRules(payments.prisma)).toEqual([]);
    expect((await auditLedger({ url: auditorUrl, sealedWithin: 600 })).findings).toEqual([]);
  });

  it('is paid at the rate of its capture; what the present one makes less is lost, and the wallet shows both', async () => {
    await rates(2, { GBP: '0.8', JPY: '160' });
    const order = await anOrder(700n, 'GBP', 'JPY');
    await setCommission(order, 250);
    await captured(order);
    await rates(1, { GBP: '0.8', JPY: '150' });
    await deliver(order);
    // 2.5 % of £7.00 are 17.5 pence; £6.82 are 1364 yen at 200, and 1278.75 at 187.5.
    expect(await booked(order)).toEqual({
      'platform:fees:GBP': -18n,
      'fx:taken:GBP': -682n,
      'fx:given:JPY': 1279n,
      'wallet:JPY': -1364n,
      'platform:fx-loss:JPY': 85n,
    });
    const { sellerId } = first(order);
    const fields =
      'wallets { balance { currency } entries { edges { node { kind amount { amount currency } gross { amount } commission { amount } conversion { from { amount currency } commission { amount currency } rate exactRate rateDate } } } } }';
    const { wallets } = await entity(as(sellerId), 'User', sellerId, fields);
    const yen = wallets.find((each: { balance: { currency: string } }) => each.balance.currency === 'JPY');
    expect(yen.entries.edges).toEqual([
      {
        node: {
          ...{ kind: 'SALE', amount: { amount: '1364', currency: 'JPY' }, gross: { amount: '1364' } },
          commission: { amount: '0' },
          conversion: {
            from: { amount: '6.82', currency: 'GBP' },
            commission: { amount: '0.18', currency: 'GBP' },
            ...{ rate: '200', exactRate: '200/1', rateDate: await daysAgo(2) },
          },
        },
      },
    ]);
    const journal = await payments.prisma.journal.findFirstOrThrow({
      where: { orderId: order.orderId, kind: 'RELEASE' },
    });
    expect(journal.conversion).toEqual({
      ...{ from: 'GBP', to: 'JPY', rate: '2/1', rateDate: await daysAgo(2) },
      ...{ present: '15/8', presentDate: await daysAgo(1) },
    });
  });

  it('is paid the same when the present rate makes more, which is gained', async () => {
    await rates(2, { USD: '1.25', KWD: '0.3' });
    const order = await captured(await anOrder(1001n, 'USD', 'KWD'));
    await rates(0, { USD: '1.2', KWD: '0.3' });
    await deliver(order);
    // $10.01 are 2.4024 dinars at 0.24, and 2.5025 at 0.25, half of a fils to the even one.
    expect(await booked(order)).toEqual({
      'fx:taken:USD': -1001n,
      'fx:given:KWD': 2502n,
      'wallet:KWD': -2402n,
      'platform:fx-gain:KWD': -100n,
    });
  });

  it.each([[[1001n, 2002n, 4004n]], [[1n, 1n, 7005n]], [[7007n]], [[3333n, 1n, 3333n, 340n]]])(
    'goes back in parts %s at the rate that it was paid by, and sums to what was credited',
    async (parts) => {
      const worth = { KRW: '1500.7', CHF: '0.93' };
      await rates(3, worth);
      const order = await anOrder(7007n, 'KRW', 'CHF');
      await setCommission(order, 333);
      await captured(order);
      await deliver(order);
      const { sellerId } = first(order);
      const credited = await balanceOf(sellerId, 'CHF');
      // 7007 less 233 won at 0.93 / 1500.7.
      expect(credited).toBe(420n);
      for (const [index, part] of parts.entries())
        await (index % 2 === 0 ? callOff : sendBack)(order, part);
      expect(await balanceOf(sellerId, 'CHF')).toBe(0n);
      expect(await escrowOf(order)).toMatchObject({ reclaimed: 7007n, commission: 0n, settled: 0n });
      const { 'fx:taken:KRW': taken, 'fx:given:KRW': given, ...rest } = await booked(order);
      expect([taken, given]).toEqual([-6774n, 6774n]);
      expect(rest[`claims:${sellerId}:CHF`]).toBeUndefined();
      await eventually(async () => {
        const { orderId } = order;
        const row = await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
        expect(row).toMatchObject({ refunded: 7007n, refunding: 0n });
      });
    },
  );

  it('is owed by a seller who has it no more, in the seller’s currency', async () => {
    await rates(2, { BHD: '0.4', SEK: '11' });
    const order = await captured(await anOrder(4000n, 'BHD', 'SEK'));
    await deliver(order);
    const { sellerId: userId } = first(order);
    expect(await balanceOf(userId, 'SEK')).toBe(11_000n);
    await payments.app.withdraw({
      ...{ userId, idempotencyKey: newId(), amount: { minor: 10_000n, currency: 'SEK' } },
    });
    await rates(1, { BHD: '0.4', SEK: '12' });
    await sendBack(order, 2000n);
    // 2 dinars were paid with 55.00 kronor, of which 10.00 are left; they are worth 60.00 now.
    expect(await balanceOf(userId, 'SEK')).toBe(0n);
    expect(await booked(order)).toMatchObject({
      [`claims:${userId}:SEK`]: 4500n,
      'fx:taken:SEK': -6000n,
      'platform:fx-loss:SEK': 500n,
      'fx:given:BHD': 2000n,
    });
  });

  it('is paid out though no buyer ever paid in its currency: the provider advances it', async () => {
    await rates(2, { ISK: '150', HUF: '400' });
    const order = await captured(await anOrder(3000n, 'ISK', 'HUF'));
    await deliver(order);
    const { sellerId: userId } = first(order);
    const balance = await balanceOf(userId, 'HUF');
    await payments.app.withdraw({
      ...{ userId, idempotencyKey: newId(), amount: { minor: balance, currency: 'HUF' } },
    });
    await eventually(async () => {
      const entries = await payments.prisma.entry.findMany({ where: { currency: 'HUF' } });
      const sumOf = (account: string) =>
        entries.filter((each) => each.accountId === account).reduce((sum, each) => sum + each.amount, 0n);
      expect(sumOf('provider:card:advances:HUF')).toBe(-balance);
      expect(sumOf('provider:card:HUF')).toBe(0n);
    });
  });

  it('is paid in its own currency where no rate is known that is fresh', async () => {
    await rates(8, { NOK: '11', DKK: '7.5' });
    const order = await captured(await anOrder(1000n, 'NOK', 'DKK'));
    await rates(0, { NOK: '11', DKK: '7.5' });
    await deliver(order);
    expect(await balanceOf(first(order).sellerId, 'NOK')).toBe(1000n);
    expect(await booked(order)).toEqual({ 'wallet:NOK': -1000n });
  });

  it('is paid as promised where no present rate is known any more, and valued so', async () => {
    await rates(5, { CAD: '1.5', AUD: '1.6' });
    const order = await captured(await anOrder(1500n, 'CAD', 'AUD'));
    const { orderId, shipmentId } = first(order);
    const transact = createTransact(payments.prisma, () => undefined, newSeal(), { rateDays: 4 });
    const received = { id: newId(), occurredAt: asInstant(new Date().toISOString()), correlationId: 'c' };
    await transact((ports) =>
      onOrderDelivered.handle(ports, [{ ...received, payload: { orderId, shipmentId } }]),
    );
    expect(await booked(order)).toEqual({
      'fx:taken:CAD': -1500n,
      'fx:given:AUD': 1600n,
      'wallet:AUD': -1600n,
    });
  });

  it('is paid as it was promised, whatever its seller chose since', async () => {
    await rates(1, { PLN: '4', CZK: '25' });
    const order = await captured(await anOrder(400n, 'PLN', 'CZK'));
    const { sellerId } = first(order);
    expect(await settleIn(sellerId, null)).toMatchObject({ settlementCurrency: null });
    await deliver(order);
    expect(await balanceOf(sellerId, 'CZK')).toBe(2500n);
  });

  it('is the euro’s, too, on either side', async () => {
    await rates(1, { SAR: '4' });
    const [sold, earned] = [await anOrder(1000n, 'EUR', 'SAR'), await anOrder(4000n, 'SAR', 'EUR')];
    for (const order of [sold, earned]) await deliver(await captured(order));
    expect(await balanceOf(first(sold).sellerId, 'SAR')).toBe(4000n);
    expect(await balanceOf(first(earned).sellerId, 'EUR')).toBe(1000n);
  });

  it('is promised nothing that the books do not take', async () => {
    await rates(1, { TRY: '0.000001', ZAR: '1000000' });
    const order = await captured(await anOrder(1000n, 'TRY', 'ZAR'));
    expect(await escrowOf(order)).toMatchObject({ settlesIn: null, settled: 0n });
  });

  it('pays what a dispute leaves of it', async () => {
    await rates(1, { RON: '5', BGN: '2' });
    const order = await captured(await anOrder(1000n, 'RON', 'BGN'));
    const opened = await payments.app.openDispute({
      ...{ userId: order.buyerId, shipmentId: first(order).shipmentId, reason: 'DAMAGED' },
      ...{ note: null, idempotencyKey: newId() },
    });
    if (!opened.ok) throw new Error(opened.refusal);
    await deliver(order);
    await payments.app.decideDispute({
      ...{ userId: 'admin', disputeId: opened.dispute.id, inFavourOf: 'BUYER' },
      refund: { minor: 333n, currency: 'RON' },
    });
    expect(await balanceOf(first(order).sellerId, 'BGN')).toBe(267n);
  });

  it('may be to oneself, and back', async () => {
    await rates(1, { INR: '100', THB: '40' });
    const card = await anOrder(1000n, 'INR', 'THB');
    const { sealedToken: _none, ...rest } = card;
    const { sellerId: buyerId } = first(card);
    const order: Order = { ...rest, buyerId, method: 'WALLET' };
    await payments.app.topUpWallet({
      ...{ userId: buyerId, token: 'tok', idempotencyKey: newId() },
      amount: order.total,
    });
    await captured(order);
    await deliver(order);
    expect([await balanceOf(buyerId, 'INR'), await balanceOf(buyerId, 'THB')]).toEqual([0n, 400n]);
    await callOff(order, 1000n);
    expect([await balanceOf(buyerId, 'INR'), await balanceOf(buyerId, 'THB')]).toEqual([1000n, 0n]);
  });

  it('asks the database for no more than the present rate, and a sale in one currency for nothing', async () => {
    await rates(1, { ILS: '4', MXN: '20' });
    const counted = new PrismaClient({
      adapter: postgresAdapter(databaseUrl, 'payments'),
      log: [{ emit: 'event', level: 'query' }],
    });
    let statements = 0;
    counted.$on('query', () => {
      statements += 1;
    });
    const ready: ReadyCall[] = [];
    const transact = createTransact(
      counted,
      (committed) => ready.push(...committed.ready),
      newSeal(),
      {},
      sandboxAlone,
      openForTests,
    );
    const costOf = async (subscriber: Subscriber<Ports>, payload: object): Promise<number> => {
      const before = statements;
      const received = { id: newId(), occurredAt: asInstant(new Date().toISOString()), correlationId: 'c' };
      await transact((ports) => subscriber.handle(ports, [{ ...received, payload }] as never));
      return statements - before;
    };
    const costs: number[][] = [];
    for (const own of [null, 'ILS', 'MXN']) {
      const order = await anOrder(1000n, 'ILS', own);
      const request = await costOf(onPaymentRequested, order);
      for (const { call } of ready.splice(0)) await payments.settle(call);
      const { orderId, shipmentId } = first(order);
      expect(await escrowOf(order)).toMatchObject({ state: 'HELD' });
      costs.push([
        request,
        await costOf(onOrderDelivered, { orderId, shipmentId }),
        await costOf(onLinesCancelled, callingOff(order, 100n)),
      ]);
    }
    await counted.$disconnect();
    const [plain = [], same, [request, release = 0, back = 0] = []] = costs;
    expect(same).toEqual(plain);
    expect([request, release - 1, back - 1]).toEqual(plain);
  });
});

describe('the currency that a seller is paid in', () => {
  it('is the seller’s and an administrator’s to see, and nobody else’s', async () => {
    const sellerId = newId();
    expect(await settleIn(sellerId, 'EUR')).toEqual({
      ...{ __typename: 'Seller', id: sellerId, settlementCurrency: 'EUR' },
    });
    const seen = (viewer: Viewer) => entity(viewer, 'Seller', sellerId, 'settlementCurrency');
    for (const viewer of [as(sellerId, 'SELLER'), admin])
      expect(await seen(viewer)).toEqual({ settlementCurrency: 'EUR' });
    for (const viewer of [anonymous, as(newId(), 'SELLER'), as(newId(), 'SUPPORT')])
      expect(await seen(viewer)).toEqual({ settlementCurrency: null });
  });

  it('is chosen by who sells, and one of which a rate is known', async () => {
    const choose = (viewer: Viewer, currency: string) =>
      ask(
        viewer,
        `mutation { setSettlementCurrency(currency: "${currency}") { ... on SettlementRefusal { code } } }`,
      );
    const refusal = (code: string) => ({ data: { setSettlementCurrency: { code } }, codes: [] });
    expect(await choose(as(newId()), 'EUR')).toEqual(refusal('NOT_A_SELLER'));
    expect(await choose(as(newId(), 'SELLER'), 'XPF')).toEqual(refusal('NO_RATE'));
    expect((await choose(as(newId(), 'SELLER'), 'ABC')).codes).toEqual(['BAD_USER_INPUT']);
    expect((await choose(anonymous, 'EUR')).codes).toEqual(['UNAUTHENTICATED']);
    expect((await choose(as(newId(), 'SUPPORT'), 'EUR')).codes).toEqual(['FORBIDDEN']);
  });
});

describe('a rate', () => {
  it.each<[string, object]>([
    ['of zero', { rates: [{ quote: 'PHP', rate: '0' }] }],
    ['below zero', { rates: [{ quote: 'PHP', rate: '-1' }] }],
    ['that is no number', { rates: [{ quote: 'PHP', rate: 'NaN' }] }],
    ['with an exponent', { rates: [{ quote: 'PHP', rate: '1e3' }] }],
    ['with more decimals than are kept', { rates: [{ quote: 'PHP', rate: '1.0000001' }] }],
    ['above a million', { rates: [{ quote: 'PHP', rate: '1000000.000001' }] }],
    ['of no currency', { rates: [{ quote: 'ABC', rate: '1' }] }],
    ['of the euro', { rates: [{ quote: 'EUR', rate: '1' }] }],
    ['that occurs twice', { rates: ['1', '1'].map((rate) => ({ quote: 'PHP', rate })) }],
    ['of nothing', { rates: [] }],
    ['of a day to come', { onDate: '2999-01-01' }],
    ['of no day', { onDate: '2026-02-30' }],
    ['of no date', { onDate: 'yesterday' }],
    ['of a day before the euro', { onDate: '1998-12-31' }],
    ['with an empty source', { source: ' ' }],
  ])('%s is bad input', async (_what, wrong) => {
    const input = { onDate: '2020-01-31', rates: [{ quote: 'PHP', rate: '1' }], ...wrong };
    expect((await setRates(admin, input)).codes).toEqual(['BAD_USER_INPUT']);
    expect(await payments.prisma.exchangeRate.count({ where: { quote: 'PHP' } })).toBe(0);
  });

  it('is set once a day: the same again is no news, and another is refused with all that came with it', async () => {
    const input = (...pairs: [string, string][]) => ({
      onDate: '2020-01-31',
      source: 'a test',
      rates: pairs.map(([quote, rate]) => ({ quote, rate })),
    });
    const seen = (quote: string, rate: string) => ({
      ...{ base: 'EUR', quote, rate, onDate: '2020-01-31', source: 'a test' },
    });
    await setRates(admin, input(['ISK', '150.25']));
    const again = await setRates(admin, input(['ISK', '150.250'], ['MYR', '5']));
    expect(again.data.setSettlementRates.rates).toEqual([seen('ISK', '150.25'), seen('MYR', '5')]);
    const other = await setRates(admin, input(['IDR', '17000'], ['ISK', '150.26']));
    expect(other.data.setSettlementRates).toMatchObject({ code: 'OTHER_RATE' });
    expect(await payments.prisma.exchangeRate.count({ where: { quote: 'IDR' } })).toBe(0);
    const { data } = await ask(
      admin,
      '{ settlementRates(first: 1) { edges { node { quote rate } } pageInfo { hasNextPage } } }',
    );
    expect(data.settlementRates.edges).toHaveLength(1);
    expect(data.settlementRates.pageInfo.hasNextPage).toBe(true);
  });

  it('is one of two that come at once', async () => {
    const set = (rate: string) =>
      setRates(admin, { onDate: '2020-01-30', rates: [{ quote: 'SGD', rate }] });
    const both = await Promise.all([set('1.5'), set('1.6')]);
    const types = both.map(({ data }) => data.setSettlementRates.__typename);
    expect(types.toSorted()).toEqual(['SettlementRates', 'SettlementRefusal']);
  });

  it('is an administrator’s to set and to see', async () => {
    const input = { onDate: '2020-01-31', rates: [{ quote: 'BRL', rate: '6' }] };
    expect((await setRates(anonymous, input)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await setRates(as(newId(), 'SELLER'), input)).codes).toEqual(['FORBIDDEN']);
    const list = '{ settlementRates { edges { node { rate } } } }';
    expect((await ask(anonymous, list)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await ask(as(newId(), 'SELLER'), list)).codes).toEqual(['FORBIDDEN']);
  });

  it.each([
    `UPDATE exchange_rates SET rate = 1`,
    `DELETE FROM exchange_rates`,
    `UPDATE settlement_choices SET currency = 'EUR'`,
    `INSERT INTO exchange_rates (id, quote, rate, on_date, set_by, set_at) VALUES ('a', 'CLP', 1, '2020-01-01', 'a', '2020-01-01')`,
    `INSERT INTO exchange_rates (id, quote, rate, on_date, set_by) VALUES ('a', 'CLP', 1, '2999-01-01', 'a')`,
    `INSERT INTO exchange_rates (id, quote, rate, on_date, set_by) VALUES ('a', 'CLP', 0, '2020-01-01', 'a')`,
  ])('is not the service’s to change or to invent: %s', async (statement) => {
    await expect(payments.prisma.$executeRawUnsafe(statement)).rejects.toThrow(
      /permission denied|violates check constraint/,
    );
  });
});
