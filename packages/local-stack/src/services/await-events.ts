/** Waits until every event that was written has been published, and handled by all who listen for it. */
import { setTimeout as delay } from 'node:timers/promises';
import { subgraphNames, withClient } from '@emporium/database';
import { connect, type JetStreamManager } from 'nats';
import { natsConnection } from '../given-servers.ts';
import type { Parts } from '../parts.ts';

const lookEveryMs = 100;

/** Where events are at one moment. `published` counts all that ever were. */
type Look = { readonly underWay: number; readonly published: number };

const unpublished = subgraphNames
  .map((name) => `SELECT count(*)::int AS count FROM ${name}.audit_outbox WHERE published_at IS NULL`)
  .join(' UNION ALL ');

const onStreams = async (manager: JetStreamManager): Promise<Look> => {
  let underWay = 0;
  let published = 0;
  for await (const { config, state } of manager.streams.list()) {
    if (!subgraphNames.some((name) => name === config.name)) continue;
    published += state.last_seq;
    for await (const consumer of manager.consumers.list(config.name))
      underWay += consumer.num_pending + consumer.num_ack_pending;
  }
  return { underWay, published };
};

/**
 * True when all is handled, false when it is not within `withinMs`. A handler may write events of its own and be done between
 * two questions: so all must be quiet twice, with nothing published in between.
 */
export const awaitEvents = (
  { database, nats }: Parts,
  withinMs: number,
  say: (progress: string) => void = () => undefined,
): Promise<boolean> =>
  withClient(database.auditor, async (client) => {
    const connection = await connect({ ...natsConnection(nats.admin), reconnect: false });
    try {
      const manager = await connection.jetstreamManager();
      const deadline = performance.now() + withinMs;
      let quietAt: number | null = null;
      while (performance.now() < deadline) {
        const { rows } = await client.query<{ count: number }>(unpublished);
        const streams = await onStreams(manager);
        const left = rows.reduce((sum, { count }) => sum + count, streams.underWay);
        if (left === 0 && quietAt === streams.published) return true;
        quietAt = left === 0 ? streams.published : null;
        say(`${left} events under way`);
        await delay(lookEveryMs);
      }
      return false;
    } finally {
      await connection.close();
    }
  });
