import type { Received } from '@emporium/contracts';
import { causeOf, withCause } from './cause.ts';
import { crash } from './crash-point.ts';
import { insertParked, type Parking } from './parked-rows.ts';
import type { Sql, Transact } from './sql.ts';
import type { Subscriber } from './subscriber.ts';

/** What one transaction did with the messages that it was given. */
export type InboxOutcome = 'handled' | 'duplicate' | 'parked';

/** A message that was read, with what travelled: the latter is kept if it has to be parked. */
export type Readable = {
  readonly received: Received;
  readonly subject: string;
  readonly envelope: unknown;
};

/** Where a transaction keeps what its consumers have handled, and what they parked. */
export type Inbox = {
  /** Writes inbox rows. Answers which of the events this consumer had not handled yet. */
  claim(consumer: string, eventIds: readonly string[]): Promise<ReadonlySet<string>>;
  park(parking: Parking): Promise<void>;
};

/** Runs `work` in one transaction: all that its ports and its inbox write, or nothing. */
export type TransactWithInbox<Ports> = <T>(work: (ports: Ports, inbox: Inbox) => Promise<T>) => Promise<T>;

/** Each transaction's inbox in Postgres. */
export const withInbox =
  <Ports>(transact: Transact<Ports>): TransactWithInbox<Ports> =>
  (work) =>
    transact((ports, sql) =>
      work(ports, {
        claim: (consumer, eventIds) => claim(sql, consumer, eventIds),
        park: (parking) => insertParked(sql, parking),
      }),
    );

/** One of several was parked: roll back, so that each is judged alone. */
class BatchRefused extends Error {
  override readonly name = 'BatchRefused';
}

const claim = async (
  sql: Sql,
  consumer: string,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  const rows = await sql.$queryRawUnsafe<{ event_id: string }[]>(
    `INSERT INTO inbox (consumer, event_id) SELECT $1::text, event_id FROM unnest($2::text[]) AS event_id
     ON CONFLICT DO NOTHING RETURNING event_id`,
    consumer,
    eventIds.toSorted(), // one order for all, so that two batches cannot deadlock
  );
  return new Set(rows.map(({ event_id }) => event_id));
};

/**
 * Runs the handler and writes the inbox rows in one transaction: that is what makes an effect happen once. Messages
 * that the inbox knows already have no effect. A parked message gets its row in the same transaction.
 */
export const handleOnce = <Ports>(
  transact: TransactWithInbox<Ports>,
  consumer: string,
  subscriber: Subscriber<Ports>,
  messages: readonly Readable[],
  attempts: number,
): Promise<InboxOutcome> =>
  transact(async (ports, inbox) => {
    const fresh = new Set(
      await inbox.claim(
        consumer,
        messages.map(({ received }) => received.id),
      ),
    );
    // Deleting what was seen drops the second of two copies in one batch.
    const news = messages.filter(({ received }) => fresh.delete(received.id));
    const [first] = news;
    if (!first) return 'duplicate';
    const cause = news.length === 1 ? causeOf(first.received) : {};
    const verdict = await withCause(cause, () =>
      subscriber.handle(
        ports,
        news.map(({ received }) => received),
      ),
    );
    crash('before-commit', consumer);
    if (verdict.type === 'ack') return 'handled';
    if (news.length > 1) throw new BatchRefused(verdict.reason);
    const { received, subject, envelope } = first;
    await inbox.park({
      consumer,
      eventId: received.id,
      subject,
      envelope,
      reason: verdict.reason,
      attempts,
    });
    return 'parked';
  });
