/** What relay and consumers ask of a broker; `jetstream.ts` is the one that runs. */
export type Broker = {
  isConnected(): boolean;
  /** Calls back at once when connected, and after every reconnect: the broker may have lost things meanwhile. */
  onConnect(listener: () => void): () => void;
  /** Makes the owner's stream where it is missing; says how far it has come. */
  ensureStream(owner: string): Promise<{ readonly lastSequence: number }>;
  /** Resolves when the broker has the message on disk. */
  publish(message: BrokerMessage): Promise<Published>;
  /** Makes the durable consumer where it is missing. Throws a StreamMissing while its stream is not there yet. */
  openConsumer(consumer: ConsumerOptions): Promise<BrokerConsumer>;
  /** Plain, at most once. */
  subscribe(subject: string, listener: (subject: string, text: string) => void): () => void;
  close(): Promise<void>;
};

export type BrokerMessage = { readonly id: string; readonly subject: string; readonly body: string };

export type Published = {
  readonly sequence: number;
  /** The broker had it already: an earlier answer was lost. */
  readonly duplicate: boolean;
};

export type ConsumerOptions = {
  readonly stream: string;
  readonly durable: string;
  readonly subject: string;
  readonly ackWaitMs: number;
  /** How many messages may be out, handled or waiting for a retry, in all replicas together. */
  readonly maxAckPending: number;
};

export type BrokerConsumer = {
  /** Yields at most `max` messages, and ends after a while even if fewer came. Throws when the consumer is gone. */
  fetch(max: number, signal: AbortSignal): AsyncIterable<Delivery>;
};

/** One message in our hands; ours until acknowledged, given back, or too long silent. */
export type Delivery = {
  /** The sender's message id, where it gave one. */
  readonly id: string | undefined;
  readonly subject: string;
  readonly sequence: number;
  readonly text: string;
  ack(): void;
  /** Gives it back, to come again after so many milliseconds. */
  retryIn(milliseconds: number): void;
  /** Still at it: do not give it to another. */
  working(): void;
};

/** There is no connection: whoever keeps it has said so already. */
export class BrokerAway extends Error {
  override readonly name = 'BrokerAway';
  constructor() {
    super('the broker does not answer');
  }
}

/** The owner of the stream has not started yet, or the stream was wiped and is not made anew yet. */
export class StreamMissing extends Error {
  override readonly name = 'StreamMissing';
  constructor(stream: string) {
    super(`stream ${stream} is not there yet`);
  }
}
