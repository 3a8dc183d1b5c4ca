import type { Client } from 'pg';
import type { BrokerMessage, Published } from './broker.ts';
import { forgetOldMessages } from './retention.ts';

/** An outbox row on its way to the broker. */
export type OutboxRow = BrokerMessage & {
  readonly aggregateId: string;
  /** Seconds since it was committed (to be exact: since its transaction began), by the database's clock. */
  readonly age: number;
};

/** What the broker has acknowledged, and where in the stream. */
export type Acknowledged = ReadonlyMap<string, Published>;

/** What a relay asks of its subgraph's outbox. */
export type OutboxTable = {
  /** Notes what the broker has acknowledged, and answers the oldest rows that it has not. */
  markAndReadUnpublished(acknowledged: Acknowledged, limit: number): Promise<readonly OutboxRow[]>;
  /** The furthest that we know the stream to have come. */
  highestSequence(): Promise<number>;
  /** Forgets that the broker ever had what came after `sequence`. */
  unpublishAfter(sequence: number): Promise<void>;
  /** Deletes some rows that nobody needs any more. Says whether more may be left. */
  forgetOld(): Promise<boolean>;
};

/** The outbox in Postgres, over the relay's own connection. */
export const outboxIn = (client: Client): OutboxTable => ({
  markAndReadUnpublished: (acknowledged, limit) => markAndReadUnpublished(client, acknowledged, limit),
  highestSequence: () => highestSequence(client),
  unpublishAfter: (sequence) => unpublishAfter(client, sequence),
  forgetOld: () => forgetOldMessages(client),
});

const markAndReadUnpublished = async (
  client: Client,
  acknowledged: Acknowledged,
  limit: number,
): Promise<OutboxRow[]> => {
  const { rows } = await client.query<OutboxRow>({
    // Asked more often than anything else: a name saves Postgres the parsing and the planning.
    name: 'unpublished',
    // By key, and not by a join: that would read all of an outbox that was small when it was planned.
    text: `WITH marked AS (
             UPDATE outbox SET published_at = now(), stream_sequence = ($2::bigint[])[array_position($1::text[], id)]
             WHERE id = ANY ($1::text[])
           )
           SELECT id, subject, aggregate_id AS "aggregateId", envelope::text AS body,
             extract(epoch FROM clock_timestamp() - created_at)::float8 AS age
           FROM outbox WHERE published_at IS NULL AND id <> ALL ($1::text[]) ORDER BY position LIMIT $3`,
    values: [[...acknowledged.keys()], [...acknowledged.values()].map(({ sequence }) => sequence), limit],
  });
  return rows;
};

const highestSequence = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ highest: string | null }>(
    'SELECT max(stream_sequence)::text AS highest FROM outbox',
  );
  return Number(rows[0]?.highest ?? 0);
};

const chunk = 10_000;

/** A chunk at a time, for there may be millions. */
const unpublishAfter = async (client: Client, sequence: number): Promise<void> => {
  for (let changed: number | null = chunk; changed === chunk; ) {
    ({ rowCount: changed } = await client.query(
      `UPDATE outbox SET published_at = NULL, stream_sequence = NULL
       WHERE id IN (SELECT id FROM outbox WHERE stream_sequence > $1 LIMIT ${chunk})`,
      [sequence],
    ));
  }
};
