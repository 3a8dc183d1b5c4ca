import { paymentRequested } from '@emporium/contracts';
import { anonymous, type Role, type Viewer } from '@emporium/subgraph';
import { eventually, testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOrder, openPayments, type TestPayments } from '../../test-payments.ts';
import { createTestProvider } from '../../test-provider.ts';
import { createContext } from '../context.ts';
import { createSchema } from '../create-schema.ts';

let payments: TestPayments;
let schema: GraphQLSchema;

beforeAll(async () => {
  payments = openPayments((await testDatabase('payments')).url, createTestProvider().provider);
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

type Order = ReturnType<typeof anOrder>;

const captured = async (): Promise<Order> => {
  const order = anOrder();
  await payments.hear(paymentRequested, order);
  await eventually(async () => {
    const { orderId } = order;
    const { status } = await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
    expect(status).toBe('CAPTURED');
  });
  return order;
};
const sellerOf = ({ shipments }: Order) => as(shipments[0]?.sellerId ?? '', 'SELLER');
const answer =
  '__typename ... on Dispute { id status reason note refunded { amount } } ... on DisputeRefusal { code message }';
const openInput = ({ shipments }: Order) => ({
  ...{ shipmentId: shipments[0]?.shipmentId, reason: 'DAMAGED', note: 'It rattles.' },
  idempotencyKey: newId(),
});
const open = (viewer: Viewer, input: object) =>
  ask(viewer, `mutation ($input: OpenDisputeInput!) { openDispute(input: $input) { ${answer} } }`, {
    input,
  });
const decide = (viewer: Viewer, input: object) =>
  ask(viewer, `mutation ($input: DecideDisputeInput!) { decideDispute(input: $input) { ${answer} } }`, {
    input,
  });
const withdraw = (viewer: Viewer, disputeId: string) =>
  ask(viewer, `mutation ($id: ID!) { withdrawDispute(disputeId: $id) { ${answer} } }`, { id: disputeId });
const refusal = (code: string) => ({ __typename: 'DisputeRefusal', code, message: expect.any(String) });
const disputed = async () => {
  const order = await captured();
  const { data } = await open(as(order.buyerId), openInput(order));
  return { order, id: data.openDispute.id as string };
};

describe('a dispute', () => {
  it('is opened by the buyer, decided by ADMIN, and refused to others', async () => {
    const order = await captured();
    const input = openInput(order);
    expect((await open(anonymous, input)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await open(as(newId(), 'SUPPORT'), input)).codes).toEqual(['FORBIDDEN']);
    expect((await open(sellerOf(order), input)).data.openDispute).toEqual(refusal('NOT_FOUND'));
    const { data } = await open(as(order.buyerId), input);
    expect(data.openDispute).toMatchObject({ status: 'OPEN', reason: 'DAMAGED', note: 'It rattles.' });
    const { id: disputeId } = data.openDispute;
    const forBuyer = { disputeId, inFavourOf: 'BUYER', refund: { amount: '2.50', currency: 'GBP' } };
    expect((await decide(as(order.buyerId), forBuyer)).codes).toEqual(['FORBIDDEN']);
    expect((await withdraw(sellerOf(order), disputeId)).data.withdrawDispute).toEqual(refusal('NOT_FOUND'));
    expect((await decide(admin, forBuyer)).data.decideDispute).toMatchObject({
      status: 'DECIDED_FOR_BUYER',
      refunded: { amount: '2.50' },
    });
    expect((await withdraw(as(order.buyerId), disputeId)).data.withdrawDispute).toEqual(
      refusal('ALREADY_DECIDED'),
    );
  });

  it.each<[string, object]>([
    ['nothing', { refund: { amount: '0', currency: 'GBP' } }],
    ['less than nothing', { refund: { amount: '-1', currency: 'GBP' } }],
    ['parts of a penny', { refund: { amount: '0.001', currency: 'GBP' } }],
    ['more than there is in the world', { refund: { amount: '99999999999999', currency: 'GBP' } }],
    ['something with a decision for the seller', { inFavourOf: 'SELLER' }],
  ])('does not give back %s', async (_what, change) => {
    const { id: disputeId } = await disputed();
    const refund = { amount: '1', currency: 'GBP' };
    const { codes } = await decide(admin, { disputeId, inFavourOf: 'BUYER', refund, ...change });
    expect(codes).toEqual(['BAD_USER_INPUT']);
  });

  it('gives back what is held, in its currency', async () => {
    const { id: disputeId } = await disputed();
    const back = (amount: string, currency: string) =>
      decide(admin, { disputeId, inFavourOf: 'BUYER', refund: { amount, currency } });
    expect((await back('7.01', 'GBP')).data.decideDispute).toEqual(refusal('MORE_THAN_HELD'));
    expect((await back('1', 'USD')).data.decideDispute).toEqual(refusal('WRONG_CURRENCY'));
    expect((await decide(admin, { disputeId: newId(), inFavourOf: 'SELLER' })).data.decideDispute).toEqual(
      refusal('NOT_FOUND'),
    );
  });

  it.each<[string, object]>([
    ['an empty key', { idempotencyKey: ' ' }],
    ['an endless key', { idempotencyKey: 'k'.repeat(101) }],
    ['an empty note', { note: '' }],
    ['an endless note', { note: 'n'.repeat(2001) }],
  ])('is not opened with %s', async (_what, change) => {
    const order = await captured();
    const { codes } = await open(as(order.buyerId), { ...openInput(order), ...change });
    expect(codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('disputes', () => {
  const page = '{ edges { node { id note } } pageInfo { hasNextPage endCursor } }';

  it('are on their order, without what was said for its seller, and not for strangers', async () => {
    const { order, id } = await disputed();
    const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { disputes { id note } } } }`;
    const seen = async (viewer: Viewer) => {
      const of = [{ __typename: 'Order', id: order.orderId }];
      return (await ask(viewer, source, { of })).data._entities[0].disputes;
    };
    const whole = [{ id, note: 'It rattles.' }];
    for (const viewer of [as(order.buyerId), admin, as(newId(), 'SUPPORT')])
      expect(await seen(viewer)).toEqual(whole);
    expect(await seen(sellerOf(order))).toEqual([{ id, note: null }]);
    expect(await seen(as(order.shipments[1]?.sellerId ?? '', 'SELLER'))).toEqual([]);
    for (const viewer of [as(newId()), anonymous]) expect(await seen(viewer)).toBeNull();
  });

  it('are listed for ADMIN, a page at a time', async () => {
    const [one, other] = [await disputed(), await disputed()];
    await decide(admin, { disputeId: one.id, inFavourOf: 'SELLER' });
    const list = async (args: string, viewer = admin) => ask(viewer, `{ disputes(${args}) ${page} }`);
    const first = (await list('first: 1')).data.disputes;
    expect(first.edges).toEqual([{ node: { id: other.id, note: 'It rattles.' } }]);
    const second = (await list(`first: 1, after: "${first.pageInfo.endCursor}"`)).data.disputes;
    expect(second.edges).toMatchObject([{ node: { id: one.id } }]);
    const ofOrder = (filter: string) => list(`filter: { orderId: "${one.order.orderId}"${filter} }`);
    expect((await ofOrder(', status: [DECIDED_FOR_SELLER]')).data.disputes.edges).toHaveLength(1);
    expect((await ofOrder(', status: [OPEN, WITHDRAWN]')).data.disputes.edges).toEqual([]);
    expect((await ofOrder(', status: []')).codes).toEqual(['BAD_USER_INPUT']);
    expect((await list('first: 101')).codes).toEqual(['BAD_USER_INPUT']);
    expect((await list('after: "x"')).codes).toEqual(['BAD_USER_INPUT']);
    expect((await list('first: 1', as(newId(), 'SELLER'))).codes).toEqual(['FORBIDDEN']);
    expect((await list('first: 1', anonymous)).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('are listed for the seller whom they are against', async () => {
    const { order, id } = await disputed();
    const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Seller { disputes(filter: { status: [OPEN] }) ${page} } } }`;
    const seen = async (viewer: Viewer) => {
      const of = [{ __typename: 'Seller', id: sellerOf(order).id }];
      return (await ask(viewer, source, { of })).data._entities[0].disputes?.edges ?? null;
    };
    expect(await seen(sellerOf(order))).toEqual([{ node: { id, note: null } }]);
    expect(await seen(admin)).toEqual([{ node: { id, note: 'It rattles.' } }]);
    for (const viewer of [as(order.buyerId), as(newId(), 'SELLER'), as(newId(), 'SUPPORT'), anonymous])
      expect(await seen(viewer)).toBeNull();
  });
});
