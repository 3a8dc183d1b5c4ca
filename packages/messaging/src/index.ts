export { type Cause, causeOf, currentCause, withCause } from './cause.ts';
export type { ConsumerState } from './consumer-states.ts';
export { isConflict } from './failure.ts';
export { gather, gatherAll } from './gather.ts';
export { createInMemoryBus, type InMemoryBus, type ParkedInMemory } from './in-memory-bus.ts';
export type { Heard, Messaging, MessagingOptions } from './messaging.ts';
export {
  askReplay,
  discardParked,
  listOperatorActions,
  type Mandate,
  mostRepublished,
  type OperatorAction,
  type ParkedSelection,
  type PublishedBetween,
  republish,
} from './operator-actions.ts';
export { appendToOutbox, outboxInsert } from './outbox.ts';
export { type OutboxState, readOutbox } from './outbox-state.ts';
export { type OutgoingMessage, outgoing } from './outgoing.ts';
export {
  countParked,
  listParked,
  type ParkedFilter,
  type ParkedMessage,
  type ParkedPage,
} from './parked-messages.ts';
export { hasReplays, type Replayed, replayNext } from './replay-parked.ts';
export type { Sql, Transact } from './sql.ts';
export { startMessaging } from './start-messaging.ts';
export { batchSubscriber, gatheringSubscriber, type Subscriber, subscriber } from './subscriber.ts';
export { ack, park, type Verdict } from './verdict.ts';
