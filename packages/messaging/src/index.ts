export { type Cause, causeOf, currentCause, withCause } from './cause.ts';
export { isConflict } from './failure.ts';
export { gather, gatherAll } from './gather.ts';
export { createInMemoryBus, type InMemoryBus, type ParkedInMemory } from './in-memory-bus.ts';
export type { Heard, Messaging, MessagingOptions } from './messaging.ts';
export { appendToOutbox } from './outbox.ts';
export { type OutgoingMessage, outgoing } from './outgoing.ts';
export {
  type ParkedFilter,
  type ParkedMessage,
  type ParkedMessages,
  type ParkedPage,
  parkedMessages,
  type Resolution,
} from './parked-messages.ts';
export type { Sql, Transact } from './sql.ts';
export { startMessaging } from './start-messaging.ts';
export { batchSubscriber, gatheringSubscriber, type Subscriber, subscriber } from './subscriber.ts';
export { ack, park, type Verdict } from './verdict.ts';
