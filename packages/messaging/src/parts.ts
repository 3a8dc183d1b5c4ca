/** What messaging is made of, for whoever puts it together over another database, broker and clock. */
export type { Alarm } from './alarm.ts';
export { type Attempts, createAttempts } from './attempts.ts';
export { type Broker, BrokerAway, type Delivery } from './broker.ts';
export { consumerName } from './consumer-name.ts';
export type { Inbox, TransactWithInbox } from './inbox.ts';
export { createLead } from './lead.ts';
export type { MessagingMetrics } from './metrics.ts';
export type { OutboxTable } from './outbox-rows.ts';
export type { Parking } from './parked-rows.ts';
export { handleAgain } from './replay-parked.ts';
export { createSettle, defaultRetryDelays } from './settle.ts';
