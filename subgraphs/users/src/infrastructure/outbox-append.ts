import type { OutgoingMessage } from '@emporium/messaging';

/** Puts messages into the outbox of the transaction at hand. */
export type Append = (messages: readonly OutgoingMessage[]) => Promise<void>;
