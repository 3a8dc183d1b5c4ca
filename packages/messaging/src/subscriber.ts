import type { EventDefinition, Received } from '@emporium/contracts';
import type { Verdict } from './verdict.ts';

/** What a subgraph does when it hears an event. `Ports` are bound to the transaction that also keeps the inbox row. */
export type Subscriber<Ports> = {
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
  handle: (ports, [received]) => handle(ports, received as Received<Event>),
});

/**
 * Handles up to `maxBatch` messages in one transaction, in the order in which they were published. When it throws or
 * parks, the batch is rolled back and handled again one message at a time, so that only the guilty one suffers.
 */
export const batchSubscriber = <Event extends EventDefinition, Ports>(
  event: Event,
  maxBatch: number,
  handle: (ports: Ports, received: readonly Received<Event>[]) => Promise<Verdict>,
): Subscriber<Ports> => ({
  event,
  maxBatch,
  handle: (ports, received) => handle(ports, received as readonly Received<Event>[]),
});
