import { causeOf, withCause } from './cause.ts';
import { consumerName } from './consumer-name.ts';
import { kindOfFailure, reasonOf } from './failure.ts';
import { type ParkedMessage, parkedColumns } from './parked-messages.ts';
import { readMessage } from './read-message.ts';
import type { Sql, Transact } from './sql.ts';
import type { Subscriber } from './subscriber.ts';

type Handlers<Ports> = {
  readonly owner: string;
  readonly transact: Transact<Ports>;
  readonly subscribers: readonly Subscriber<Ports>[];
};

/** What became of the oldest message that was to be handled again. */
export type Replayed = 'REPLAYED' | 'PARKED_AGAIN' | 'NONE_LEFT';

/** The handler would not have it this time either: rolls its transaction back. */
class ParkedAgain extends Error {
  override readonly name = 'ParkedAgain';
}

/** Of several replicas each takes another one. */
const takeOldest = async (sql: Sql): Promise<ParkedMessage | undefined> => {
  const [oldest] = await sql.$queryRawUnsafe<ParkedMessage[]>(
    `UPDATE parked_messages SET resolution = 'REPLAYED', resolved_at = now(), replay_asked_at = NULL
     WHERE id = (SELECT id FROM parked_messages WHERE resolution IS NULL AND replay_asked_at IS NOT NULL
                 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING ${parkedColumns}`,
  );
  return oldest;
};

/** What travelled, as it travelled. */
const textOf = (envelope: unknown): string => {
  const raw = envelope as { base64?: unknown } | null;
  return typeof raw?.base64 === 'string'
    ? Buffer.from(raw.base64, 'base64').toString()
    : JSON.stringify(envelope);
};

/** Reads it by its contract and runs the handler on it; throws unless the handler acknowledges. */
export const handleAgain = async <Ports>(
  ports: Ports,
  { event, handle }: Subscriber<Ports>,
  { subject, envelope }: Pick<ParkedMessage, 'subject' | 'envelope'>,
) => {
  const read = readMessage(event, { subject, text: textOf(envelope), id: undefined, sequence: 0 });
  if (!read.ok) throw new ParkedAgain(read.malformed.reason);
  const { received } = read.message;
  const verdict = await withCause(causeOf(received), () => handle(ports, [received]));
  if (verdict.type === 'park') throw new ParkedAgain(verdict.reason);
};

/** It stays parked, with the new reason, and waits for a person again. */
const parkAgain = async (sql: Sql, id: string, error: unknown): Promise<Replayed> => {
  await sql.$executeRawUnsafe(
    `UPDATE parked_messages SET reason = $2, attempts = attempts + 1, replay_asked_at = NULL
     WHERE id = $1 AND resolution IS NULL`,
    id,
    (error instanceof ParkedAgain ? error.message : reasonOf(error)).replaceAll('\0', ''),
  );
  return 'PARKED_AGAIN';
};

/** Whether an operator asked for any; cheaper than to try. */
export const hasReplays = async (sql: Sql): Promise<boolean> => {
  const [row] = await sql.$queryRawUnsafe<{ asked: boolean }[]>(
    `SELECT EXISTS (SELECT FROM parked_messages
                    WHERE resolution IS NULL AND replay_asked_at IS NOT NULL) AS asked`,
  );
  return row?.asked === true;
};

/**
 * Hands the oldest message of those that an operator asked for to its handler again; the effect and the note that it
 * was had commit together. Throws only when the database does not answer: then it is still asked for.
 */
export const replayNext = async <Ports>(
  sql: Sql,
  { owner, transact, subscribers }: Handlers<Ports>,
): Promise<Replayed> => {
  let taken: ParkedMessage | undefined;
  try {
    return await transact(async (ports, transaction): Promise<Replayed> => {
      taken = await takeOldest(transaction);
      if (!taken) return 'NONE_LEFT';
      const { consumer, subject } = taken;
      const subscriber = subscribers.find(
        ({ event }) => consumerName(owner, event) === consumer && event.subject === subject,
      );
      if (!subscriber) throw new ParkedAgain(`nothing here handles ${subject} any more`);
      await handleAgain(ports, subscriber, taken);
      return 'REPLAYED';
    });
  } catch (error) {
    if (!taken || kindOfFailure(error) === 'outage') throw error;
    return parkAgain(sql, taken.id, error);
  }
};
