import type { EventDefinition, PayloadOf, Received } from '@emporium/contracts';
import { causeOf, withCause } from './cause.ts';
import type { BatchTiming } from './hands.ts';
import { ack, type Verdict } from './verdict.ts';

/** Nobody waits: a batch is what has arrived. */
const atOnce: BatchTiming = { lingerMs: 0, everyMs: 0 };

/** What a subgraph does when it hears an event. `Ports` are bound to the transaction that also keeps the inbox row. */
export type Subscriber<Ports> = BatchTiming & {
  readonly event: EventDefinition;
  /** How many messages may share one transaction. */
  readonly maxBatch: number;
  readonly handle: (ports: Ports, received: readonly Received[]) => Promise<Verdict>;
};

/** Handles one message per transaction, several transactions at a time. */
export const subscriber = <Event extends EventDefinition, Ports>(
  event: Event,
  handle: (ports: Ports, received: Received<Event>) => Promise<Verdict>,
): Subscriber<Ports> => ({
  event,
  maxBatch: 1,
  ...atOnce,
  handle: (ports, [received]) => handle(ports, received as Received<Event>),
});

/**
 * Handles up to `maxBatch` messages in one transaction, in the order in which they were published. When it throws or
 * parks, the batch is rolled back and handled again one message at a time, so that only the guilty one suffers.
 * Without `timing` nobody waits for a batch to fill: it is what has arrived.
 */
export const batchSubscriber = <Event extends EventDefinition, Ports>(
  event: Event,
  maxBatch: number,
  handle: (ports: Ports, received: readonly Received<Event>[]) => Promise<Verdict>,
  timing: Partial<BatchTiming> = {},
): Subscriber<Ports> => ({
  event,
  maxBatch,
  ...atOnce,
  ...timing,
  handle: (ports, received) => handle(ports, received as readonly Received<Event>[]),
});

/**
 * Handles what has arrived, up to `maxBatch` messages, in one transaction: each under its own cause, those about the same
 * thing one after the other, all others at the same time, so that ports can gather what they are asked. Nobody waits for a
 * batch to fill: one message alone is handled at once. Throwing and parking are as in `batchSubscriber`.
 */
export const gatheringSubscriber = <Event extends EventDefinition, Ports>(
  event: Event,
  maxBatch: number,
  about: (payload: PayloadOf<Event>) => string,
  handle: (ports: Ports, received: Received<Event>) => Promise<Verdict>,
): Subscriber<Ports> => ({
  event,
  maxBatch,
  ...atOnce,
  handle: async (ports, received) => {
    const lanes = new Map<string, Received<Event>[]>();
    for (const each of received as readonly Received<Event>[]) {
      const key = about(each.payload);
      lanes.set(key, [...(lanes.get(key) ?? []), each]);
    }
    const verdicts = await settled([...lanes.values()].map((lane) => handleLane(ports, lane, handle)));
    return verdicts.find(({ type }) => type === 'park') ?? ack;
  },
});

const handleLane = async <Event extends EventDefinition, Ports>(
  ports: Ports,
  lane: readonly Received<Event>[],
  handle: (ports: Ports, received: Received<Event>) => Promise<Verdict>,
): Promise<Verdict> => {
  for (const received of lane) {
    const verdict = await withCause(causeOf(received), () => handle(ports, received));
    if (verdict.type === 'park') return verdict;
  }
  return ack;
};

/** Waits for all, also when one fails: nothing may go on in a transaction that is over. */
const settled = async <T>(all: readonly Promise<T>[]): Promise<T[]> => {
  await Promise.allSettled(all);
  return Promise.all(all);
};
