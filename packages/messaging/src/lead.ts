import type { Logger } from 'pino';
import type { Alarm } from './alarm.ts';
import { createBackoff } from './backoff.ts';
import type { Broker } from './broker.ts';
import { crash } from './crash-point.ts';
import type { MessagingMetrics } from './metrics.ts';
import type { Acknowledged, OutboxRow, OutboxTable } from './outbox-rows.ts';
import { publishInOrder } from './publish-in-order.ts';

const batchSize = 256;
/** What was sent last is marked by the look for what comes next, or after so long when nothing comes. */
const markWithinMs = 50;
const forgetEveryMs = 60 * 60 * 1000;
/** A stream may vanish without a sign while nothing is sent. */
const trustForMs = 60 * 1000;

/** The broker's side failed: wait and try again. Any other failure is the database's, and costs the lead. */
class BrokerFailure extends Error {
  override readonly name: string = 'BrokerFailure';
}

/** The stream counts from lower than it had come: it was wiped and made anew behind our back. */
class StreamRewound extends BrokerFailure {
  override readonly name = 'StreamRewound';
}

const blameBroker = (cause: unknown): never => {
  throw new BrokerFailure('the broker did not take a message', { cause });
};

export type RelayOptions = {
  readonly owner: string;
  readonly databaseUrl: string;
  readonly broker: Broker;
  readonly pollMs: number;
  readonly logger: Logger;
  readonly metrics: MessagingMetrics;
};

type LeadOptions = Omit<RelayOptions, 'databaseUrl'> & {
  readonly outbox: OutboxTable;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Rung when there is something to send. */
  readonly alarm: Alarm;
  /** Rung when the broker is back, and when the lead is over. */
  readonly interrupt: Alarm;
  /** The lead is lost, or the service stops. */
  readonly isOver: () => boolean;
};

/** What the leading relay does until its lead is over. Rejects when its database does not answer. */
export const createLead = ({
  owner,
  broker,
  pollMs,
  logger,
  metrics,
  outbox,
  now,
  alarm,
  interrupt,
  isOver,
}: LeadOptions) => {
  const backoff = createBackoff();
  let trustedUntil = 0;
  let highest = 0;
  let forgetAt = 0;
  let failing = false;
  /** Acknowledged, and not marked yet: the next look does both. */
  let acknowledged: Acknowledged = new Map();

  /** Makes the stream where it is missing, and finds out which of our messages it has lost. */
  const trustStream = async () => {
    trustedUntil = now() + trustForMs;
    const { lastSequence } = await broker.ensureStream(owner).catch(blameBroker);
    // It may have lost some of them since.
    acknowledged = new Map([...acknowledged].filter(([, { sequence }]) => sequence <= lastSequence));
    highest = await outbox.highestSequence();
    if (lastSequence >= highest) return;
    logger.warn({ lastSequence, highest }, 'the stream has lost messages; sending them again');
    await outbox.unpublishAfter(lastSequence);
    highest = lastSequence;
  };
  const publish = async ({ id, subject, body }: OutboxRow) => {
    const published = await broker.publish({ id, subject, body }).catch(blameBroker);
    crash('after-publish', subject);
    if (published.sequence > highest || published.duplicate) return published;
    throw new StreamRewound(`the stream had come to ${highest} and now counts ${published.sequence}`);
  };
  const publishBatch = async (): Promise<number> => {
    const rows = await outbox.markAndReadUnpublished(acknowledged, batchSize);
    acknowledged = new Map();
    metrics.lag(rows[0]?.age ?? 0);
    for (const { subject } of rows) crash('after-commit', subject);
    const { published, failures } = await publishInOrder(rows, publish);
    const rewound = failures.find((failure) => failure instanceof StreamRewound);
    if (rewound) await outbox.unpublishAfter(0);
    else acknowledged = published;
    metrics.published(published.size);
    if (published.size > 0) backoff.reset();
    highest = Math.max(highest, ...[...published.values()].map(({ sequence }) => sequence));
    if (failures.length > 0) throw rewound ?? failures[0];
    return rows.length;
  };
  const forgetOld = async () => {
    if (now() < forgetAt) return;
    const more = await outbox.forgetOld();
    if (!more) forgetAt = now() + forgetEveryMs;
  };
  const work = async () => {
    if (now() > trustedUntil) await trustStream();
    const sent = await publishBatch();
    backoff.reset();
    failing = false;
    if (sent === batchSize) return;
    metrics.lag(0);
    // Only once all that was sent is marked: should it fail, it costs the lead.
    if (sent === 0) await forgetOld();
    await alarm.wait(sent > 0 ? markWithinMs : pollMs);
  };
  const recover = async (error: unknown) => {
    if (isOver() || !(error instanceof BrokerFailure)) throw error;
    trustedUntil = 0;
    logger[failing ? 'debug' : 'warn']({ err: error }, 'the outbox could not be sent; trying until it can');
    failing = true;
    await interrupt.wait(backoff.next());
  };

  return async (): Promise<void> => {
    const forgetConnect = broker.onConnect(() => {
      trustedUntil = 0;
    });
    try {
      while (!isOver()) await work().catch(recover);
      // Whoever leads next would send it again, which the broker and the inboxes know: a courtesy.
      await outbox.markAndReadUnpublished(acknowledged, 0).catch(() => undefined);
    } finally {
      forgetConnect();
    }
  };
};
