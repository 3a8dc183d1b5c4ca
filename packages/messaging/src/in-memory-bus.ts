import { decodeEvent } from '@emporium/contracts';
import { causeOf, withCause } from './cause.ts';
import { consumerName } from './consumer-name.ts';
import type { OutgoingMessage } from './outgoing.ts';
import type { Subscriber } from './subscriber.ts';

type Handler = {
  readonly consumer: string;
  readonly subject: string;
  readonly handle: (message: OutgoingMessage) => Promise<string | undefined>;
};

/** A message that a subscriber of the in-memory bus parked. */
export type ParkedInMemory = {
  readonly consumer: string;
  readonly message: OutgoingMessage;
  readonly reason: string;
};

/** Delivers events between subgraphs in one process, in order and one at a time: for tests without a broker. */
export type InMemoryBus = {
  /** `owner` names the consumer, as in `startMessaging`. */
  connect<Ports>(owner: string, ports: Ports, subscribers: readonly Subscriber<Ports>[]): void;
  publish(messages: readonly OutgoingMessage[]): void;
  /** Delivers until nothing is left, messages that handlers publish included. Rejects with what a handler throws. */
  settle(): Promise<void>;
  readonly published: readonly OutgoingMessage[];
  readonly parked: readonly ParkedInMemory[];
};

const handlerOf = <Ports>(owner: string, ports: Ports, { event, handle }: Subscriber<Ports>): Handler => ({
  consumer: consumerName(owner, event),
  subject: event.subject,
  handle: async ({ envelope }) => {
    const received = decodeEvent(event, JSON.parse(JSON.stringify(envelope)));
    const verdict = await withCause(causeOf(received), () => handle(ports, [received]));
    return verdict.type === 'park' ? verdict.reason : undefined;
  },
});

/** A bus that keeps the promises of the real one: each message has its effect once per consumer. */
export const createInMemoryBus = (): InMemoryBus => {
  const handlers: Handler[] = [];
  const published: OutgoingMessage[] = [];
  const parked: ParkedInMemory[] = [];
  const handled = new Set<string>();
  let next = 0;

  const deliver = async (message: OutgoingMessage) => {
    for (const { consumer, subject, handle } of handlers) {
      const key = `${consumer} ${message.id}`;
      if (subject !== message.subject || handled.has(key)) continue;
      const reason = await handle(message);
      handled.add(key);
      if (reason !== undefined) parked.push({ consumer, message, reason });
    }
  };

  return {
    published,
    parked,
    connect: (owner, ports, subscribers) => {
      handlers.push(...subscribers.map((each) => handlerOf(owner, ports, each)));
    },
    publish: (messages) => {
      published.push(...messages);
    },
    settle: async () => {
      for (let message = published[next]; message; message = published[next]) {
        await deliver(message);
        next += 1;
      }
    },
  };
};
