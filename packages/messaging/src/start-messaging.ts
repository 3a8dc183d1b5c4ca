import { createAttempts } from './attempts.ts';
import { startConsumer } from './consumer.ts';
import { consumerName } from './consumer-name.ts';
import { readConsumers } from './consumer-states.ts';
import { type TransactWithInbox, withInbox } from './inbox.ts';
import { connectJetStream } from './jetstream.ts';
import { createLimit } from './limit.ts';
import type { Messaging, MessagingOptions } from './messaging.ts';
import { createMetrics } from './metrics.ts';
import { createPause } from './pause.ts';
import { startRelay } from './relay.ts';
import { defaultRetryDelays } from './settle.ts';
import type { Transact } from './sql.ts';
import { tracePublishing } from './trace-publishing.ts';
import { createWakeUps } from './wake-ups.ts';

/** Transactions at a time of all consumers together: a pool of ten leaves some for requests. */
const mostTransactions = 8;

/** Keeps handlers within their share of the connections. */
const forHandlers = <Ports>(transact: Transact<Ports>): TransactWithInbox<Ports> => {
  const limit = createLimit(mostTransactions);
  const handling = withInbox(transact);
  return (work) => limit(() => handling(work));
};

/**
 * Makes the owner's stream, starts the relay and one consumer per subscriber. Resolves at once: broker and database
 * may come later, and may go and come back. Throws when two subscribers hear the same event.
 */
export const startMessaging = async <Ports>({
  owner,
  natsUrl,
  databaseUrl,
  transact,
  subscribers,
  logger: parent,
  outboxPollMs: pollMs,
  registry,
  tracer,
  retryDelays = defaultRetryDelays,
  ackWaitMs = 10_000,
}: MessagingOptions<Ports>): Promise<Messaging> => {
  const logger = parent.child({ part: 'messaging' });
  const names = subscribers.map(({ event }) => consumerName(owner, event));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two subscribers would share the consumer ${twice}`);

  const metrics = createMetrics(registry);
  const jetStream = connectJetStream(natsUrl, owner, logger);
  const broker = tracePublishing(jetStream, tracer);
  const relay = startRelay({ owner, databaseUrl, broker, pollMs, logger, metrics });
  const handling = forHandlers(transact);
  const consumers = subscribers.map((subscriber) => {
    const consumer = consumerName(owner, subscriber.event);
    return startConsumer({
      consumer,
      subscriber,
      transact: handling,
      retryDelays,
      attempts: createAttempts(),
      pause: createPause(),
      logger: logger.child({ consumer }),
      metrics,
      tracer,
      broker,
      ackWaitMs,
    });
  });

  return {
    wake: relay.wake,
    isHealthy: () => broker.isConnected() && relay.isHealthy(),
    isConnected: broker.isConnected,
    consumers: () =>
      readConsumers(
        jetStream.consumerState,
        owner,
        subscribers.map(({ event }) => event),
      ),
    subscribe: createWakeUps(broker, logger),
    onConnect: broker.onConnect,
    stop: async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await relay.stop();
      await broker.close();
    },
  };
};
