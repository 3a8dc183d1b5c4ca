import 'reflect-metadata';
import { orderConfirmed } from '@emporium/contracts';
import { ack, park, type Sql, subscriber } from '@emporium/messaging';
import { eventually, testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import pg from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFederatedSchema } from '../graphql/federated-schema.ts';
import type { Viewer } from '../identity/viewer.ts';
import { createLogger } from '../logger.ts';
import { type Operations, openOperations } from './open-operations.ts';
import { operationsResolvers } from './operations.resolver.ts';
import { withOperations } from './operations-policy.ts';

const seconds = () => Math.floor(Date.now() / 1000);
const adminProven = (ago: number): Viewer => ({
  id: 'ada',
  roles: ['ADMIN'],
  address: null,
  session: { id: 's1', authenticatedAt: seconds() - ago, methods: ['pwd'], hasSecondFactor: false },
});
const consumer = 'orders_orders-confirmed';
const registry = new Registry();

let pool: pg.Pool;
let schema: GraphQLSchema;
let operations: Operations;
let mended = false;
const handled: string[] = [];

const sqlOf = (client: pg.Pool | pg.ClientBase): Sql => ({
  $queryRawUnsafe: async <T>(text: string, ...values: unknown[]) =>
    (await client.query(text, values)).rows as T,
  $executeRawUnsafe: async (text, ...values) => (await client.query(text, values)).rowCount ?? 0,
});

beforeAll(async () => {
  const { url } = await testDatabase('orders');
  pool = new pg.Pool({ connectionString: url, options: '-c search_path=orders' });
  schema = await createFederatedSchema({
    resolvers: [...operationsResolvers('orders')],
    references: {},
    policy: withOperations('orders', {}),
  });
  operations = openOperations({
    owner: 'orders',
    sql: sqlOf(pool),
    transact: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(undefined, sqlOf(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    subscribers: [
      subscriber(orderConfirmed, async (_ports: undefined, { payload }) => {
        if (!mended) return park('still not ours');
        handled.push(payload.orderId);
        return ack;
      }),
    ],
    messaging: {
      wake: () => undefined,
      isConnected: () => false,
      consumers: async () => {
        throw new Error('the broker is away');
      },
    },
    logger: createLogger('test', 'silent'),
    registry,
  });
});
afterAll(async () => {
  await operations.stop();
  await pool.end();
});

beforeEach(async () => {
  mended = false;
  handled.length = 0;
  await pool.query('DELETE FROM parked_messages');
  await pool.query(
    `INSERT INTO parked_messages (id, consumer, event_id, subject, envelope, reason, attempts)
     SELECT 'p' || n, $1, 'e' || n, $2, jsonb_build_object('id', 'e' || n, 'occurredAt', '2026-01-02T03:04:05.678Z',
       'correlationId', 'o' || n, 'payload', jsonb_build_object('orderId', 'o' || n, 'token', 'tok_ok')), 'not ours', 1
     FROM generate_series(1, 3) AS n`,
    [consumer, orderConfirmed.subject],
  );
});

const ask = async (source: string, viewer: Viewer = adminProven(0)) => {
  const { data, errors } = await graphql({ schema, source, contextValue: { viewer, operations } });
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    codes: (errors ?? []).map(({ extensions }) => extensions.code),
  };
};

const result =
  '{ __typename ... on OperatorAction { kind actorId reason target messages } ... on OperationRefusal { code } }';
const parkedIn = async (filter: string) => {
  const { data } = await ask(
    `{ ordersOperations { parkedMessages(filter: ${filter}) { edges { node { id reason replayAskedAt } } } } }`,
  );
  return data.ordersOperations.parkedMessages.edges.map(({ node }: { node: object }) => node);
};

describe('operations', () => {
  it('are shown to administrators alone, without tokens, though the broker is away', async () => {
    const query = `{ ordersOperations { name
      parkedMessages(first: 2) { edges { node { id consumer correlationId envelope resolution } } pageInfo { hasNextPage } }
      outbox { waiting oldestSeconds lastPublishedAt hasLeader } consumers { name } } }`;
    const { data, codes } = await ask(query);
    expect(codes).toEqual([]);
    expect(data.ordersOperations).toMatchObject({
      name: 'orders',
      parkedMessages: {
        edges: [
          { node: { id: 'p3', consumer, correlationId: 'o3', resolution: null } },
          { node: { id: 'p2' } },
        ],
        pageInfo: { hasNextPage: true },
      },
      outbox: { waiting: 0, oldestSeconds: null, lastPublishedAt: null, hasLeader: false },
      consumers: null,
    });
    expect(JSON.stringify(data)).not.toContain('tok_ok');
    const buyer: Viewer = { id: 'b', roles: ['BUYER'], address: null };
    expect((await ask(query, buyer)).codes).toEqual(['FORBIDDEN']);
    const input = '(input: { ids: ["p1"], reason: "why" })';
    expect((await ask(`mutation { replayOrdersMessages${input} ${result} }`, buyer)).codes).toEqual([
      'FORBIDDEN',
    ]);
  });

  it('handle again what is asked for, all of a consumer at once, and keep who wanted it and why', async () => {
    mended = true;
    const { data } = await ask(
      `mutation { replayOrdersMessages(input: { consumer: "${consumer}", reason: " mended " }) ${result} }`,
    );
    const action = {
      kind: 'REPLAY',
      actorId: 'ada',
      reason: 'mended',
      target: `all of ${consumer}`,
      messages: 3,
    };
    expect(data.replayOrdersMessages).toMatchObject(action);
    await eventually(() => expect(handled).toEqual(['o1', 'o2', 'o3']));
    await eventually(async () => expect(await parkedIn('{ resolved: false }')).toEqual([]));
    const seen = await ask('{ ordersOperations { actions(first: 1) { edges { node { kind reason } } } } }');
    expect(seen.data.ordersOperations.actions.edges[0].node).toMatchObject({
      kind: 'REPLAY',
      reason: 'mended',
    });
    await expect(pool.query('UPDATE operator_actions SET reason = $1', ['x'])).rejects.toThrow(
      /permission denied/,
    );
    await expect(pool.query('DELETE FROM operator_actions')).rejects.toThrow(/permission denied/);
  });

  it('leave parked what is refused again', async () => {
    await ask(`mutation { replayOrdersMessages(input: { ids: ["p2"], reason: "try" }) ${result} }`);
    await eventually(async () =>
      expect(await parkedIn('{ ids: ["p2"] }')).toEqual([
        { id: 'p2', reason: 'still not ours', replayAskedAt: null },
      ]),
    );
  });

  it('give up what is discarded, with a recent proof alone', async () => {
    const discard = `mutation { discardOrdersMessages(input: { ids: ["p1"], reason: "a test" }) ${result} }`;
    expect((await ask(discard, adminProven(3_600))).codes).toEqual(['STEP_UP_REQUIRED']);
    expect(await parkedIn('{ resolved: true }')).toEqual([]);
    expect((await ask(discard)).data.discardOrdersMessages).toMatchObject({ kind: 'DISCARD', messages: 1 });
    expect(await parkedIn('{ resolved: true }')).toMatchObject([{ id: 'p1' }]);
    expect((await ask(discard)).data.discardOrdersMessages).toMatchObject({ code: 'NOTHING_FOUND' });
  });

  it('send again by a recent proof alone, and say when nothing was sent then', async () => {
    const republish = (since: string) =>
      `mutation { republishOrdersMessages(input: { since: "${since}", until: "2020-01-02T00:00:00Z", reason: "lost" }) ${result} }`;
    const since = republish('2020-01-01T00:00:00Z');
    expect((await ask(since, adminProven(3_600))).codes).toEqual(['STEP_UP_REQUIRED']);
    expect((await ask(since)).data.republishOrdersMessages).toMatchObject({ code: 'NOTHING_FOUND' });
    expect((await ask(republish('2020-01-03T00:00:00Z'))).codes).toEqual(['BAD_USER_INPUT']);
  });

  it.each([
    '{ reason: "neither" }',
    '{ ids: ["p1"], consumer: "c", reason: "both" }',
    '{ ids: [], reason: "none" }',
    '{ ids: ["p1"], reason: "  " }',
  ])('refuse %s', async (input) =>
    expect((await ask(`mutation { replayOrdersMessages(input: ${input}) ${result} }`)).codes).toEqual([
      'BAD_USER_INPUT',
    ]),
  );

  it('wake operators by figures', async () => {
    const figures = await registry.metrics();
    expect(figures).toContain(`emporium_parked_messages{consumer="${consumer}"} 3`);
    expect(figures).toContain('emporium_broker_connected 0');
    expect(figures).toMatch(/emporium_database_answer_seconds 0\.\d+/);
  });
});
