/** What a subgraph has around messaging, for tests: a schema with messaging's tables, transactions, effects to count. */
import { randomBytes } from 'node:crypto';
import { orderConfirmed } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import pg from 'pg';
import { pino } from 'pino';
import { createAttempts } from './attempts.ts';
import { consumerName } from './consumer-name.ts';
import { withInbox } from './inbox.ts';
import { createMetrics } from './metrics.ts';
import { appendToOutbox } from './outbox.ts';
import { type OutgoingMessage, outgoing } from './outgoing.ts';
import { createPause } from './pause.ts';
import type { Sql, Transact } from './sql.ts';
import { startMessaging } from './start-messaging.ts';
import { type Subscriber, subscriber } from './subscriber.ts';
import { ack } from './verdict.ts';

/** As in every subgraph's migrations, and one table for effects: a row per time that a handler ran. */
export const tables = `
  CREATE TABLE outbox (
    position bigserial UNIQUE, id text PRIMARY KEY, subject text NOT NULL, aggregate_id text NOT NULL,
    envelope jsonb NOT NULL, created_at timestamptz(3) NOT NULL DEFAULT now(),
    published_at timestamptz(3), stream_sequence bigint);
  CREATE INDEX outbox_unpublished ON outbox (position) WHERE published_at IS NULL;
  CREATE TABLE inbox (
    consumer text, event_id text, handled_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (consumer, event_id));
  CREATE TABLE parked_messages (
    id text PRIMARY KEY, consumer text NOT NULL, event_id text NOT NULL, subject text NOT NULL,
    envelope jsonb NOT NULL, reason text NOT NULL, attempts int NOT NULL,
    parked_at timestamptz(3) NOT NULL DEFAULT now(), replay_asked_at timestamptz(3),
    resolution text, resolved_at timestamptz(3),
    UNIQUE (consumer, event_id));
  CREATE TABLE operator_actions (
    id text PRIMARY KEY, kind text NOT NULL, actor_id text NOT NULL, reason text NOT NULL, target text NOT NULL,
    messages int NOT NULL, at timestamptz(3) NOT NULL DEFAULT now());
  CREATE TABLE effects (position bigserial, order_id text NOT NULL);`;

export const silent = pino({ level: 'silent' });

/** The ports of the test's handlers. */
export type Effects = { record(orderId: string): Promise<void> };

const sqlOf = (client: pg.ClientBase): Sql => ({
  $queryRawUnsafe: async <T>(query: string, ...values: unknown[]) =>
    (await client.query(query, values)).rows as T,
  $executeRawUnsafe: async (query, ...values) => (await client.query(query, values)).rowCount ?? 0,
});

const transactOn =
  (pool: pg.Pool): Transact<Effects> =>
  async (work) => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const sql = sqlOf(client);
      const record = async (orderId: string) => {
        await sql.$executeRawUnsafe('INSERT INTO effects (order_id) VALUES ($1)', orderId);
      };
      const result = await work({ record }, sql);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };

export type TestServers = { readonly databaseUrl: string; readonly natsUrl: string };

/**
 * A subgraph with a name, a schema and a stream of its own; `stop` ends all that it started. With a given name, its
 * schema and tables are there already.
 */
export const createTestSubgraph = async ({ databaseUrl, natsUrl }: TestServers, given?: string) => {
  const owner = given ?? `t${randomBytes(6).toString('hex')}`;
  const event: typeof orderConfirmed = {
    ...orderConfirmed,
    owner,
    name: `${owner}.confirmed`,
    subject: `emporium.${owner}.confirmed.v1`,
  };
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: `-c search_path=${owner}`,
    max: 20,
  });
  pool.on('error', () => undefined);
  if (given === undefined) await pool.query(`CREATE SCHEMA ${owner}; ${tables}`);
  const transact = transactOn(pool);
  const endings: (() => Promise<unknown>)[] = [() => pool.end()];

  const start = async (
    subscribers: readonly Subscriber<Effects>[],
    changed: Partial<Parameters<typeof startMessaging<Effects>>[0]> = {},
  ) => {
    const messaging = await startMessaging<Effects>({
      owner,
      natsUrl,
      databaseUrl,
      transact,
      subscribers,
      logger: silent,
      outboxPollMs: 200,
      retryDelays: [10, 20, 30, 40, 50],
      ...changed,
    });
    endings.unshift(() => messaging.stop());
    return messaging;
  };
  const confirmed = (orderId: string): OutgoingMessage =>
    outgoing(
      event,
      { orderId: asId<'Order'>(orderId) },
      { aggregateId: orderId, occurredAt: asInstant('2026-01-02T03:04:05.678Z') },
    );
  const query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await pool.query<Row>(text, values)).rows;

  return {
    owner,
    event,
    consumer: consumerName(owner, event),
    transact,
    start,
    confirmed,
    /** Commits the messages to the outbox. */
    send: (...messages: readonly OutgoingMessage[]) =>
      transact((_ports, sql) => appendToOutbox(sql, messages)),
    /** Hears the subgraph's own event and records it. */
    recorder: subscriber(event, async (effects: Effects, { payload }) => {
      await effects.record(payload.orderId);
      return ack;
    }),
    effects: async () =>
      (await query<{ order_id: string }>('SELECT order_id FROM effects ORDER BY position')).map(
        ({ order_id }) => order_id,
      ),
    unpublished: async () => (await query('SELECT id FROM outbox WHERE published_at IS NULL')).length,
    /** What a consumer needs besides a broker. */
    consuming: (handler: Subscriber<Effects>) => ({
      consumer: consumerName(owner, handler.event),
      subscriber: handler,
      transact: withInbox(transact),
      retryDelays: [10, 20, 30, 40, 50],
      attempts: createAttempts(),
      pause: createPause(),
      logger: silent,
      metrics: createMetrics(),
    }),
    query,
    sql: {
      $queryRawUnsafe: async <T>(text: string, ...values: unknown[]) => (await query(text, values)) as T,
      $executeRawUnsafe: async (text: string, ...values: unknown[]) =>
        (await pool.query(text, values)).rowCount ?? 0,
    } satisfies Sql,
    stop: async () => {
      for (const end of endings) await end();
    },
  };
};

export type TestSubgraph = Awaited<ReturnType<typeof createTestSubgraph>>;
