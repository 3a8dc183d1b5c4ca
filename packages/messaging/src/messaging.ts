import type { EventDefinition } from '@emporium/contracts';
import type { Tracer } from '@emporium/telemetry';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { ConsumerState } from './consumer-states.ts';
import type { Transact } from './sql.ts';
import type { Subscriber } from './subscriber.ts';

/** What a subgraph tells about itself to take part in the exchange of events. */
export type MessagingOptions<Ports> = {
  /** The subgraph's name: its Postgres schema, its stream, the prefix of its consumers. */
  readonly owner: string;
  /** One URL or several, comma-separated; credentials in the URL. */
  readonly natsUrl: string;
  /** The runtime role's. */
  readonly databaseUrl: string;
  readonly transact: Transact<Ports>;
  readonly subscribers: readonly Subscriber<Ports>[];
  readonly logger: Logger;
  /** Milliseconds between looks at the outbox when no wake-up comes. */
  readonly outboxPollMs: number;
  readonly registry?: Registry | undefined;
  readonly tracer?: Tracer | null | undefined;
  /** Milliseconds before each retry of a handler that threw; then the message is parked. */
  readonly retryDelays?: readonly number[] | undefined;
  /** Milliseconds of silence after which the broker gives a message to another replica. */
  readonly ackWaitMs?: number | undefined;
};

/** A message as a feed sees it: enough to wake up, not to decide anything. */
export type Heard = { readonly subject: string; readonly envelope: unknown };

/** A running relay and running consumers. */
export type Messaging = {
  /** Call after each commit that appended to the outbox, a subscriber's, too: sends at once instead of at the next poll. */
  wake(): void;
  /** The broker and the relay's database connection answer. */
  isHealthy(): boolean;
  /** The broker answers. */
  isConnected(): boolean;
  /** How far the consumers of all replicas are. Throws when the broker does not answer. */
  consumers(): Promise<readonly ConsumerState[]>;
  /**
   * Plain NATS, at most once, every replica hears it: for feeds that are only woken. A subject may hold wildcards.
   * Returns the way to stop.
   */
  subscribe(to: string | EventDefinition, listener: (heard: Heard) => void): () => void;
  /** Calls back at once when the broker is connected, and after every reconnect: what `subscribe` hears may have been missed. */
  onConnect(listener: () => void): () => void;
  /** Lets running handlers end (up to a few seconds), then closes every connection. */
  stop(): Promise<void>;
};
