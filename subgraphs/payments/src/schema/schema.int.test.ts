import { createHash } from 'node:crypto';
import { orderClaimed, orderFailed, paymentRequested } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { anonymous, type Role, type Viewer, type ViewerSession } from '@emporium/subgraph';
import { eventually, testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOrder, openPayments, type TestPayments } from '../test-payments.ts';
import { createTestProvider } from '../test-provider.ts';
import { createContext } from './context.ts';
import { createSchema } from './create-schema.ts';

let payments: TestPayments;
let schema: GraphQLSchema;
const card = createTestProvider();

beforeAll(async () => {
  payments = openPayments((await testDatabase('payments')).url, card.provider);
  payments.startWork();
  schema = await createSchema();
});
afterAll(() => payments.stop());

const session = (secondsAgo: number, more: Partial<ViewerSession> = {}): ViewerSession => ({
  id: 's',
  authenticatedAt: Math.floor(Date.now() / 1000) - secondsAgo,
  methods: ['pwd'],
  hasSecondFactor: false,
  ...more,
});
/** Somebody who has just signed in. */
const as = (id: string, ...roles: Role[]): Viewer => ({ id, roles, address: null, session: session(0) });

const ask = async (viewer: Viewer, source: string, variableValues: Record<string, unknown> = {}) => {
  const contextValue = createContext(payments.app, viewer);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  const plain = JSON.parse(JSON.stringify(data ?? null));
  return { data: plain, codes: (errors ?? []).map(({ extensions }) => extensions.code) };
};

const entity = async (viewer: Viewer, typename: string, id: string, fields: string) => {
  const source = `query($of: [_Any!]!) { _entities(representations: $of) { ... on ${typename} { ${fields} } } }`;
  const { data, codes } = await ask(viewer, source, { of: [{ __typename: typename, id }] });
  expect(codes).toEqual([]);
  return data._entities[0];
};

const money = (amount: string, currency = 'GBP') => ({ amount, currency });
const wish = (amount = money('12.50')) => ({ amount, idempotencyKey: newId() });
const answer =
  '__typename ... on Wallet { balance { amount currency } } ... on WalletRefusal { code message }';
const topUp = (viewer: Viewer, input: object) =>
  ask(viewer, `mutation($input: TopUpInput!) { topUpWallet(input: $input) { ${answer} } }`, { input });
const withdraw = (viewer: Viewer, input: object) =>
  ask(viewer, `mutation($input: WithdrawInput!) { withdraw(input: $input) { ${answer} } }`, { input });

describe('the payment of an order', () => {
  const fields = 'payment { id status amount { amount currency } refunded { amount } }';

  it('is its buyer’s and an administrator’s to see, a seller’s in part, and nobody else’s', async () => {
    const order = anOrder();
    await payments.hear(paymentRequested, order);
    const payment = (viewer: Viewer) => entity(viewer, 'Order', order.orderId, fields);
    const seen = {
      payment: {
        id: expect.any(String),
        status: 'CAPTURED',
        amount: money('10.00'),
        refunded: { amount: '0.00' },
      },
    };
    await eventually(async () => expect(await payment(as(order.buyerId))).toEqual(seen));
    expect(await payment(as(order.shipments[1]?.sellerId ?? '', 'SELLER'))).toEqual({
      payment: { ...seen.payment, amount: money('3.00') },
    });
    expect(await payment(as(newId(), 'ADMIN'))).toEqual(seen);
    expect(await payment(as(newId(), 'BUYER', 'SELLER'))).toEqual({ payment: null });
    expect(await payment(anonymous)).toEqual({ payment: null });
  });

  it('tells its buyer, and nobody else, what they must do before their card pays', async () => {
    const order = anOrder();
    card.behaves({ keeps: 'NOTHING', answers: 'ACTION_REQUIRED' });
    await payments.hear(paymentRequested, order);
    const payment = (viewer: Viewer) =>
      entity(viewer, 'Order', order.orderId, 'payment { status nextAction { type url clientSecret } }');
    const nextAction = { type: 'PROVIDER_SCRIPT', url: null, clientSecret: 'a secret' };
    await eventually(async () =>
      expect(await payment(as(order.buyerId))).toEqual({ payment: { status: 'PENDING', nextAction } }),
    );
    const hidden = { payment: { status: 'PENDING', nextAction: null } };
    expect(await payment(as(order.shipments[0]?.sellerId ?? '', 'SELLER'))).toEqual(hidden);
    expect(await payment(as(newId(), 'ADMIN'))).toEqual(hidden);
    expect(await payment(as(newId(), 'SUPPORT'))).toEqual(hidden);
    await payments.hear(orderFailed, { orderId: order.orderId, reason: 'PAYMENT_TIMED_OUT' });
    expect(await payment(as(order.buyerId))).toEqual(hidden);
  });

  it('is by its order’s token the guest’s to see, until an account has the order, and by any other nobody’s', async () => {
    const order = { ...anOrder(), guestTokenHash: createHash('sha256').update('the token').digest('hex') };
    card.behaves({ keeps: 'NOTHING', answers: 'ACTION_REQUIRED' });
    await payments.hear(paymentRequested, order);
    const payment = (viewer: Viewer, token: string) =>
      entity(
        viewer,
        'Order',
        order.orderId,
        `payment(orderToken: "${token}") { status nextAction { type } }`,
      );
    const asked = { payment: { status: 'PENDING', nextAction: { type: 'PROVIDER_SCRIPT' } } };
    await eventually(async () => expect(await payment(anonymous, 'the token')).toEqual(asked));
    for (const other of ['another', order.guestTokenHash, order.orderId])
      for (const viewer of [anonymous, as(order.buyerId), as(newId(), 'ADMIN')])
        expect(await payment(viewer, other)).toEqual({ payment: null });
    expect(
      await entity(
        anonymous,
        'Order',
        order.orderId,
        'payment { status } own: payment(orderToken: "the token") { status }',
      ),
    ).toEqual({ payment: null, own: { status: 'PENDING' } });

    await payments.hear(orderClaimed, { orderId: order.orderId, buyerId: asId<'User'>(newId()) });
    expect(await payment(anonymous, 'the token')).toEqual({ payment: null });
  });

  it('is refused to an empty token, and opens to none when nobody ordered without an account', async () => {
    const order = anOrder();
    await payments.hear(paymentRequested, order);
    const read = (token: string) =>
      ask(
        anonymous,
        'query($of: [_Any!]!, $token: String) { _entities(representations: $of) { ... on Order { payment(orderToken: $token) { status } } } }',
        { of: [{ __typename: 'Order', id: order.orderId }], token },
      );
    expect((await read('')).codes).toEqual(['BAD_USER_INPUT']);
    for (const token of ['any', 'null'])
      expect((await read(token)).data).toEqual({ _entities: [{ payment: null }] });
  });

  it('is null until it is asked for', async () => {
    expect(await entity(as(newId(), 'ADMIN'), 'Order', newId(), fields)).toEqual({ payment: null });
  });
});

describe('a wallet', () => {
  const fields =
    'wallet { balance { amount currency } pending { amount } } wallets { balance { amount currency } }';

  it('is its owner’s and an administrator’s to see, and nobody else’s', async () => {
    const userId = newId();
    const empty = {
      wallet: { balance: money('0.00'), pending: { amount: '0.00' } },
      wallets: [{ balance: money('0.00') }],
    };
    expect(await entity(as(userId), 'User', userId, fields)).toEqual(empty);
    expect(await entity(as(newId(), 'ADMIN'), 'User', userId, fields)).toEqual(empty);
    expect(await entity(as(newId()), 'User', userId, fields)).toEqual({ wallet: null, wallets: null });
    expect(await entity(anonymous, 'User', userId, fields)).toEqual({ wallet: null, wallets: null });
  });

  it('tells its owner, and not an administrator, what they must do before a top-up is there', async () => {
    const viewer = as(newId());
    const input = { ...wish(money('5.00')), token: 'tok' };
    card.behaves({ keeps: 'NOTHING', answers: 'ACTION_REQUIRED' });
    const waits =
      'pendingTopUps { amount { amount } idempotencyKey nextAction { type url clientSecret } answerBy }';
    const { data } = await ask(
      viewer,
      `mutation($input: TopUpInput!) { topUpWallet(input: $input) { ... on Wallet { ${waits} } } }`,
      { input },
    );
    const topUp = { amount: { amount: '5.00' }, answerBy: expect.any(String) };
    const nextAction = { type: 'PROVIDER_SCRIPT', url: null, clientSecret: 'a secret' };
    const own = [{ ...topUp, idempotencyKey: input.idempotencyKey, nextAction }];
    expect(data.topUpWallet).toEqual({ pendingTopUps: own });
    const wallet = (by: Viewer) => entity(by, 'User', viewer.id ?? '', `wallet { ${waits} }`);
    expect(await wallet(viewer)).toEqual({ wallet: { pendingTopUps: own } });
    const hidden = [{ ...topUp, idempotencyKey: null, nextAction: null }];
    expect(await wallet(as(newId(), 'ADMIN'))).toEqual({ wallet: { pendingTopUps: hidden } });
    expect(await wallet(as(newId()))).toEqual({ wallet: null });
  });

  it('lists what came in and went out, a page at a time', async () => {
    const viewer = as(newId());
    await topUp(viewer, { ...wish(money('20')), token: 'tok' });
    await withdraw(viewer, wish(money('0.01')));
    const page = (after: string | null) => {
      const rest =
        'edges { node { kind amount { amount } order { id } } } pageInfo { hasNextPage endCursor }';
      const argument = after ? `, after: "${after}"` : '';
      return entity(viewer, 'User', viewer.id ?? '', `wallet { entries(first: 1${argument}) { ${rest} } }`);
    };
    const first = (await page(null)).wallet.entries;
    expect(first.edges).toEqual([
      { node: { kind: 'WITHDRAWAL', amount: { amount: '-0.01' }, order: null } },
    ]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = (await page(first.pageInfo.endCursor)).wallet.entries;
    expect(second.edges).toEqual([{ node: { kind: 'TOP_UP', amount: { amount: '20.00' }, order: null } }]);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });
});

describe('topUpWallet and withdraw', () => {
  it('change the wallet of whoever asks', async () => {
    const viewer = as(newId());
    const filled = { __typename: 'Wallet', balance: money('12.50') };
    expect((await topUp(viewer, { ...wish(), token: 'tok' })).data.topUpWallet).toEqual(filled);
    expect((await withdraw(viewer, wish(money('2.5')))).data.withdraw).toMatchObject({
      balance: money('10.00'),
    });
  });

  it('refuse with a code and a sentence', async () => {
    const viewer = as(newId());
    const refusal = (code: string) => ({ __typename: 'WalletRefusal', code, message: expect.any(String) });
    expect((await withdraw(viewer, wish())).data.withdraw).toEqual(refusal('INSUFFICIENT_FUNDS'));
    card.behaves({ keeps: 'DECLINED' });
    const input = { ...wish(), token: 'tok' };
    expect((await topUp(viewer, input)).data.topUpWallet).toEqual(refusal('CARD_DECLINED'));
    const other = { ...input, amount: money('1') };
    expect((await topUp(viewer, other)).data.topUpWallet).toEqual(refusal('IDEMPOTENCY_MISMATCH'));
  });

  it.each<[string, ViewerSession]>([
    ['is old', session(660)],
    ['is by password alone though the account has one-time codes', session(0, { hasSecondFactor: true })],
  ])('a proof that %s is not enough to withdraw, and nothing is', async (_what, stale) => {
    const viewer = as(newId());
    await topUp({ ...viewer, session: stale }, { ...wish(), token: 'tok' });
    expect((await withdraw({ ...viewer, session: stale }, wish())).codes).toEqual(['STEP_UP_REQUIRED']);
    const { session: _, ...unknown } = viewer;
    expect((await withdraw(unknown, wish())).codes).toEqual(['STEP_UP_REQUIRED']);
    const both = session(0, { hasSecondFactor: true, methods: ['pwd', 'otp'] });
    const { data } = await withdraw({ ...viewer, session: both }, wish());
    expect(data.withdraw).toMatchObject({ balance: money('0.00') });
  });

  it('need somebody signed in', async () => {
    expect((await topUp(anonymous, { ...wish(), token: 'tok' })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await withdraw(anonymous, wish())).codes).toEqual(['UNAUTHENTICATED']);
  });

  it.each<[string, object]>([
    ['nothing', { amount: money('0') }],
    ['less than nothing', { amount: money('-1') }],
    ['parts of a penny', { amount: money('0.001') }],
    ['more than there is in the world', { amount: money('99999999999999') }],
    ['no number', { amount: money('ten') }],
    ['no currency', { amount: money('1', 'QQQ') }],
    ['an empty key', { idempotencyKey: ' ' }],
    ['an endless key', { idempotencyKey: 'k'.repeat(101) }],
  ])('do not understand %s', async (_name, change) => {
    const viewer = as(newId());
    expect((await withdraw(viewer, { ...wish(), ...change })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await topUp(viewer, { ...wish(), token: 'tok', ...change })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('do not understand a card without a token', async () => {
    for (const token of ['', '4242 4242 4242 4242'])
      expect((await topUp(as(newId()), { ...wish(), token })).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('a commission', () => {
  const admin = as(newId(), 'ADMIN');
  const set = (viewer: Viewer, input: object) =>
    ask(
      viewer,
      'mutation ($input: CommissionRateInput!) { setCommissionRate(input: $input) { id sellerId currency basisPoints } }',
      { input },
    );
  const sellerId = newId();

  it('is set and listed by ADMIN alone', async () => {
    const rate = { sellerId, currency: 'GBP', basisPoints: 1000 };
    for (const viewer of [as(newId(), 'SELLER'), as(newId(), 'SUPPORT')])
      expect((await set(viewer, rate)).codes).toEqual(['FORBIDDEN']);
    expect((await set(anonymous, rate)).codes).toEqual(['UNAUTHENTICATED']);
    const { data } = await set(admin, rate);
    expect(data.setCommissionRate).toMatchObject(rate);
    const list = '{ commissionRates(first: 1) { edges { node { id basisPoints } } } }';
    expect((await ask(admin, list)).data.commissionRates.edges).toEqual([
      { node: { id: data.setCommissionRate.id, basisPoints: 1000 } },
    ]);
    expect((await ask(as(newId(), 'SELLER'), list)).codes).toEqual(['FORBIDDEN']);
  });

  it.each<[string, object]>([
    ['less than nothing', { basisPoints: -1 }],
    ['more than all', { basisPoints: 10_001 }],
    ['the past', { validFrom: '2020-01-01T00:00:00.000Z' }],
    ['no currency', { currency: 'QQQ' }],
  ])('is not understood with %s', async (_what, change) => {
    const { codes } = await set(admin, { sellerId, basisPoints: 1, ...change });
    expect(codes).toEqual(['BAD_USER_INPUT']);
  });
});
