import type { Sql } from './sql.ts';

/** How far a subgraph is with telling what happened. */
export type OutboxState = {
  /** How many messages no broker has acknowledged; counted up to `mostCounted`. */
  readonly waiting: number;
  /** For how many seconds the oldest of them has waited; null when none waits. */
  readonly oldestSeconds: number | null;
  /** When the latest message was acknowledged. */
  readonly lastPublishedAt: Date | null;
  /** Some replica's relay leads, and so sends. */
  readonly hasLeader: boolean;
};

const mostCounted = 100_000;

/** Asks the database: the same answer from every replica. */
export const readOutbox = async (sql: Sql, owner: string): Promise<OutboxState> => {
  const [state] = await sql.$queryRawUnsafe<OutboxState[]>(
    `SELECT
       (SELECT count(*)::int
        FROM (SELECT FROM outbox WHERE published_at IS NULL LIMIT ${mostCounted}) AS waiting) AS waiting,
       (SELECT extract(epoch FROM clock_timestamp() - created_at)::float8 FROM outbox
        WHERE published_at IS NULL ORDER BY position LIMIT 1) AS "oldestSeconds",
       (SELECT published_at FROM outbox
        WHERE published_at IS NOT NULL ORDER BY position DESC LIMIT 1) AS "lastPublishedAt",
       -- The lock that relay-session.ts takes.
       EXISTS (SELECT FROM pg_locks
               WHERE locktype = 'advisory' AND granted AND objsubid = 2
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                 AND classid = hashtext('emporium.relay')::oid AND objid = hashtext($1::text)::oid) AS "hasLeader"`,
    owner,
  );
  if (!state) throw new Error('the outbox was not read');
  return state;
};
