/** Takes one message, or a batch, to its end: acknowledged, parked, or given back to come again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tracer } from '@emporium/telemetry';
import type { Logger } from 'pino';
import type { Attempts } from './attempts.ts';
import type { Delivery } from './broker.ts';
import { crash } from './crash-point.ts';
import { kindOfFailure, reasonOf } from './failure.ts';
import { handleOnce, type InboxOutcome, type Readable, type TransactWithInbox } from './inbox.ts';
import type { MessagingMetrics } from './metrics.ts';
import type { Parking } from './parked-rows.ts';
import type { Pause } from './pause.ts';
import { readMessage } from './read-message.ts';
import type { Subscriber } from './subscriber.ts';
import { createTraceHandling } from './trace-handling.ts';

/** Milliseconds before each retry of a handler that threw; after the last the message is parked. */
export const defaultRetryDelays: readonly number[] = [200, 1_000, 3_000, 8_000, 15_000];

const conflictRetries = 6;

export type SettleOptions<Ports> = {
  readonly consumer: string;
  readonly subscriber: Subscriber<Ports>;
  readonly transact: TransactWithInbox<Ports>;
  readonly retryDelays: readonly number[];
  readonly attempts: Attempts;
  readonly pause: Pause;
  readonly logger: Logger;
  readonly metrics: MessagingMetrics;
  readonly tracer?: Tracer | null | undefined;
  /** Resolves when what met another transaction so often is to be tried again: soon, and not at the same moment. */
  readonly afterConflict?: ((times: number) => Promise<unknown>) | undefined;
};

/** Answers the deliveries that could not be judged, because the database did not answer. */
export type Settle = (deliveries: readonly Delivery[]) => Promise<readonly Delivery[]>;

type Read = { readonly delivery: Delivery; readonly message: Readable };

const soon = (times: number) => sleep(times * (5 + Math.random() * 20));

export const createSettle = <Ports>(options: SettleOptions<Ports>): Settle => {
  const { consumer, subscriber, transact, retryDelays, attempts, pause, logger, metrics } = options;

  const { afterConflict = soon } = options;
  /** Two transactions met: the same again. */
  const despiteConflicts = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let retry = 1; ; retry += 1) {
      try {
        return await work();
      } catch (error) {
        if (retry > conflictRetries || kindOfFailure(error) !== 'conflict') throw error;
        await afterConflict(retry);
      }
    }
  };
  const traced = createTraceHandling(options.tracer, consumer);
  const handle = (messages: readonly Readable[], attempt: number) =>
    despiteConflicts(() =>
      traced(messages, (continued) => handleOnce(transact, consumer, subscriber, continued, attempt)),
    );

  const finish = (delivery: Delivery, eventId: string, outcome: InboxOutcome) => {
    crash('before-ack', consumer);
    delivery.ack();
    attempts.forget(eventId);
    pause.end();
    metrics.count(consumer, outcome);
    if (outcome === 'parked') logger.error({ eventId, subject: delivery.subject }, 'a message was parked');
  };
  const parkInOwnTransaction = (delivery: Delivery, parking: Omit<Parking, 'consumer'>) =>
    transact(async (_ports, inbox) => {
      const fresh = await inbox.claim(consumer, [parking.eventId]);
      if (fresh.size > 0) await inbox.park({ ...parking, consumer });
    }).then(() => finish(delivery, parking.eventId, 'parked'));

  /** Answers true when the delivery is to be held until the database is back. */
  const holdOnOutage = (error: unknown): boolean => {
    if (kindOfFailure(error) !== 'outage') return false;
    metrics.count(consumer, 'postponed');
    if (pause.extend()) logger.warn({ err: error }, 'the database does not answer; the consumer pauses');
    return true;
  };
  /** Parking itself failed though the database answers: never lose the message, never let it block. */
  const parkOrHold = async (delivery: Delivery, parking: Omit<Parking, 'consumer'>): Promise<boolean> => {
    try {
      await despiteConflicts(() => parkInOwnTransaction(delivery, parking));
      return false;
    } catch (error) {
      if (holdOnOutage(error)) return true;
      logger.error({ err: error, eventId: parking.eventId }, 'a message could not even be parked');
      delivery.retryIn(retryDelays.at(-1) ?? 1_000);
      return false;
    }
  };
  const afterFailure = async ({ delivery, message }: Read, error: unknown): Promise<boolean> => {
    if (holdOnOutage(error)) return true;
    const { received, subject, envelope } = message;
    const attempt = attempts.add(received.id);
    const delay = retryDelays[attempt - 1];
    logger.warn({ err: error, eventId: received.id, subject, attempt }, 'a handler failed');
    if (delay === undefined) {
      const reason = reasonOf(error);
      return parkOrHold(delivery, { eventId: received.id, subject, envelope, reason, attempts: attempt });
    }
    delivery.retryIn(delay);
    metrics.count(consumer, 'retried');
    return false;
  };

  const settleOne = async (read: Read): Promise<readonly Delivery[]> => {
    const { delivery, message } = read;
    const attempt = attempts.of(message.received.id) + 1;
    try {
      finish(delivery, message.received.id, await handle([message], attempt));
      return [];
    } catch (error) {
      return (await afterFailure(read, error)) ? [delivery] : [];
    }
  };
  const settleOneByOne = async (reads: readonly Read[]): Promise<readonly Delivery[]> => {
    const held: Delivery[] = [];
    for (const read of reads) {
      // Once the database is gone, the rest waits too.
      if (held.length > 0) held.push(read.delivery);
      else held.push(...(await settleOne(read)));
    }
    return held;
  };
  const settleTogether = async (reads: readonly Read[]): Promise<readonly Delivery[]> => {
    if (reads.length < 2) return settleOneByOne(reads);
    try {
      const messages = reads.map(({ message }) => message);
      const outcome = await handle(messages, 1);
      for (const { delivery, message } of reads) finish(delivery, message.received.id, outcome);
      return [];
    } catch (error) {
      if (holdOnOutage(error)) return reads.map(({ delivery }) => delivery);
      logger.warn(
        { err: error, messages: reads.length },
        'a batch failed; handling its messages one by one',
      );
      return settleOneByOne(reads);
    }
  };

  return async (deliveries) => {
    const reads: Read[] = [];
    const held: Delivery[] = [];
    for (const delivery of deliveries) {
      const read = readMessage(subscriber.event, delivery);
      if (read.ok) reads.push({ delivery, message: read.message });
      else if (await parkOrHold(delivery, { ...read.malformed, attempts: 1 })) held.push(delivery);
    }
    const fresh = reads.filter(({ message }) => attempts.of(message.received.id) === 0);
    const failedBefore = reads.filter(({ message }) => attempts.of(message.received.id) > 0);
    held.push(...(await settleTogether(fresh)), ...(await settleOneByOne(failedBefore)));
    return held;
  };
};
