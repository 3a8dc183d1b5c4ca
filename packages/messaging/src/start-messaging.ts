import type { Messaging, MessagingOptions } from './messaging.ts';

/**
 * Makes the owner's stream, starts the relay and one consumer per subscriber. Resolves at once: broker and database
 * may come later, and may go and come back.
 */
export const startMessaging = async <Ports>({ owner }: MessagingOptions<Ports>): Promise<Messaging> => {
  throw new Error(`messaging of ${owner} is being built`);
};
