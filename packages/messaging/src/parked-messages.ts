import { causeOf, withCause } from './cause.ts';
import { consumerName } from './consumer-name.ts';
import { kindOfFailure, reasonOf } from './failure.ts';
import { readMessage } from './read-message.ts';
import type { Sql, Transact } from './sql.ts';
import type { Subscriber } from './subscriber.ts';

/** A message that no retry could mend, and why. */
export type ParkedMessage = {
  readonly id: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly subject: string;
  readonly envelope: unknown;
  readonly reason: string;
  readonly attempts: number;
  readonly parkedAt: Date;
  readonly resolution: 'REPLAYED' | 'DISCARDED' | null;
  readonly resolvedAt: Date | null;
};

export type ParkedFilter = {
  readonly consumer?: string | undefined;
  readonly resolved?: boolean | undefined;
};

/** Newest first; `after` is the id of the last one seen. */
export type ParkedPage = { readonly first: number; readonly after?: string | undefined };

/** Whether an administrator's wish was granted. */
export type Resolution =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refusal: 'NOT_FOUND' | 'ALREADY_RESOLVED' | 'PARKED_AGAIN';
      readonly reason: string;
    };

export type ParkedMessages = {
  list(filter?: ParkedFilter, page?: ParkedPage): Promise<readonly ParkedMessage[]>;
  /** Runs the handler again; the message stays parked, with the new reason, when it parks or throws again. */
  replay(id: string): Promise<Resolution>;
  /** `reason` is added to the message's own. */
  discard(id: string, reason: string): Promise<Resolution>;
};

type Handlers<Ports> = {
  readonly owner: string;
  readonly transact: Transact<Ports>;
  readonly subscribers: readonly Subscriber<Ports>[];
};

const columns = `id, consumer, event_id AS "eventId", subject, envelope, reason, attempts,
  parked_at AS "parkedAt", resolution, resolved_at AS "resolvedAt"`;

const refused = (refusal: Extract<Resolution, { ok: false }>['refusal'], reason: string): Resolution => ({
  ok: false,
  refusal,
  reason,
});

/** The handler would not have it this time either: rolls its transaction back. */
export class ParkedAgain extends Error {
  override readonly name = 'ParkedAgain';
}

/** Marks an open message; answers undefined when there is no such open message. */
const resolve = async (sql: Sql, id: string, resolution: 'REPLAYED' | 'DISCARDED', note = '') => {
  const [parked] = await sql.$queryRawUnsafe<ParkedMessage[]>(
    `UPDATE parked_messages SET resolution = $2, resolved_at = now(), reason = reason || $3::text
     WHERE id = $1 AND resolution IS NULL RETURNING ${columns}`,
    id,
    resolution,
    note,
  );
  return parked;
};

const whyNot = async (sql: Sql, id: string): Promise<Resolution> => {
  const [known] = await sql.$queryRawUnsafe<{ resolution: string }[]>(
    'SELECT resolution FROM parked_messages WHERE id = $1',
    id,
  );
  return known
    ? refused('ALREADY_RESOLVED', `this message was ${known.resolution.toLowerCase()} before`)
    : refused('NOT_FOUND', 'there is no parked message of this id');
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

/** What an administrator may do with a subgraph's parked messages. */
export const parkedMessages = <Ports>(
  sql: Sql,
  { owner, transact, subscribers }: Handlers<Ports>,
): ParkedMessages => {
  const noteFailure = async (id: string, error: unknown): Promise<Resolution> => {
    if (kindOfFailure(error) === 'outage') throw error;
    const reason = error instanceof ParkedAgain ? error.message : reasonOf(error);
    await sql.$executeRawUnsafe(
      'UPDATE parked_messages SET reason = $2, attempts = attempts + 1 WHERE id = $1 AND resolution IS NULL',
      id,
      reason,
    );
    return refused('PARKED_AGAIN', reason);
  };
  const subscriberOf = ({ consumer, subject }: ParkedMessage) =>
    subscribers.find(({ event }) => consumerName(owner, event) === consumer && event.subject === subject);

  return {
    list: ({ consumer, resolved } = {}, { first, after } = { first: 50 }) =>
      sql.$queryRawUnsafe<ParkedMessage[]>(
        `SELECT ${columns} FROM parked_messages
         WHERE ($1::text IS NULL OR consumer = $1) AND ($2::boolean IS NULL OR (resolution IS NOT NULL) = $2)
           AND ($3::text IS NULL OR id < $3)
         ORDER BY id DESC LIMIT $4::int`,
        consumer ?? null,
        resolved ?? null,
        after ?? null,
        first,
      ),
    replay: async (id) => {
      try {
        return await transact(async (ports, transaction) => {
          const parked = await resolve(transaction, id, 'REPLAYED');
          if (!parked) return whyNot(transaction, id);
          const subscriber = subscriberOf(parked);
          if (!subscriber) throw new ParkedAgain(`nothing here handles ${parked.subject} any more`);
          await handleAgain(ports, subscriber, parked);
          return { ok: true };
        });
      } catch (error) {
        return noteFailure(id, error);
      }
    },
    discard: async (id, reason) =>
      (await resolve(sql, id, 'DISCARDED', ` (discarded: ${reason})`)) ? { ok: true } : whyNot(sql, id),
  };
};
