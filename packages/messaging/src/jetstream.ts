/** The broker on NATS JetStream (2.9 to 2.14): the only file that knows the client library. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  connect,
  DeliverPolicy,
  DiscardPolicy,
  type JsMsg,
  type NatsConnection,
  NatsError,
  nanos,
  ReplayPolicy,
  RetentionPolicy,
  StorageType,
  type Subscription,
} from 'nats';
import type { Logger } from 'pino';
import {
  type Broker,
  BrokerAway,
  type BrokerConsumer,
  type BrokerMessage,
  type ConsumerOptions,
  type Delivery,
  StreamMissing,
} from './broker.ts';
import type { AskConsumerState } from './consumer-states.ts';
import { keepConnected } from './keep-connected.ts';

const days = 24 * 60 * 60 * 1000;
const answerMs = 5_000;
const fetchMs = 10_000;

/** nats.js takes credentials as options only, not in the URL. */
export const connectionOptions = (natsUrl: string, name: string) => {
  const urls = natsUrl.split(',').map((url) => new URL(url.trim()));
  const { username, password } = urls[0] ?? { username: '', password: '' };
  return {
    servers: urls.map(({ host }) => host),
    ...(password !== '' && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    ...(password === '' && username !== '' && { token: decodeURIComponent(username) }),
    ...(urls.some(({ protocol }) => protocol === 'tls:') && { tls: {} }),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    ignoreAuthErrorAbort: true,
    pingInterval: 10_000,
    timeout: answerMs,
  };
};

const isMissing = (error: unknown, what: 'stream' | 'consumer') =>
  error instanceof NatsError && error.message.includes(`${what} not found`);

/** Makes the stream where it is missing; an existing one keeps its settings but for subjects and age. */
const ensureStream = async (connection: NatsConnection, owner: string) => {
  const { streams } = await managerOf(connection);
  const ours = { subjects: [`emporium.${owner}.>`], max_age: nanos(14 * days) };
  try {
    const { config, state } = await streams.info(owner);
    const same = config.max_age === ours.max_age && config.subjects.join() === ours.subjects.join();
    if (!same) await streams.update(owner, { ...config, ...ours });
    return { lastSequence: state.last_seq };
  } catch (error) {
    if (!isMissing(error, 'stream')) throw error;
  }
  const { state } = await streams.add({
    ...ours,
    name: owner,
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
  });
  return { lastSequence: state.last_seq };
};

const managerOf = (connection: NatsConnection) =>
  connection.jetstreamManager({ checkAPI: false, timeout: answerMs });

const ensureConsumer = async (connection: NatsConnection, options: ConsumerOptions): Promise<Consumer> => {
  const { stream, durable, subject, ackWaitMs, maxAckPending } = options;
  const { consumers } = await managerOf(connection);
  const changeable = {
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: maxAckPending,
    filter_subject: subject,
  };
  try {
    const { config } = await consumers.info(stream, durable);
    const same = config.ack_wait === changeable.ack_wait && config.max_ack_pending === maxAckPending;
    if (!same) await consumers.update(stream, durable, changeable);
  } catch (error) {
    if (isMissing(error, 'stream')) throw new StreamMissing(stream);
    if (!isMissing(error, 'consumer')) throw error;
    await consumers.add(stream, {
      ...changeable,
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      replay_policy: ReplayPolicy.Instant,
      max_deliver: -1,
    });
  }
  return connection.jetstream({ timeout: answerMs }).consumers.get(stream, durable);
};

const consumerState = async (connection: NatsConnection, stream: string, durable: string) => {
  const { consumers } = await managerOf(connection);
  try {
    const info = await consumers.info(stream, durable);
    return {
      pending: info.num_pending,
      ackPending: info.num_ack_pending,
      redelivered: info.num_redelivered,
    };
  } catch (error) {
    if (isMissing(error, 'stream') || isMissing(error, 'consumer')) return null;
    throw error;
  }
};

/** A lost connection loses the answer too: the message comes again, and the inbox knows it. */
const unlessClosed = (answer: () => void) => {
  try {
    answer();
  } catch (error) {
    if (!(error instanceof NatsError)) throw error;
  }
};

const deliveryOf = (message: JsMsg): Delivery => ({
  id: message.headers?.get('Nats-Msg-Id') || undefined,
  subject: message.subject,
  sequence: message.seq,
  text: message.string(),
  ack: () => unlessClosed(() => message.ack()),
  retryIn: (milliseconds) => unlessClosed(() => message.nak(milliseconds)),
  working: () => unlessClosed(() => message.working()),
});

async function* fetchFrom(consumer: Consumer, max: number, signal: AbortSignal): AsyncGenerator<Delivery> {
  if (signal.aborted) return;
  const messages: ConsumerMessages = await consumer.fetch({ max_messages: max, expires: fetchMs });
  const close = () => void messages.close();
  signal.addEventListener('abort', close);
  try {
    for await (const message of messages) yield deliveryOf(message);
  } finally {
    signal.removeEventListener('abort', close);
  }
}

const publish = async (connection: NatsConnection, { id, subject, body }: BrokerMessage) => {
  const { seq, duplicate } = await connection
    .jetstream({ timeout: answerMs })
    .publish(subject, body, { msgID: id });
  return { sequence: seq, duplicate };
};

/** Remembers plain subscriptions, so that a connection made anew has them too. */
const createListeners = (logger: Logger) => {
  type Listener = { subject: string; heard: (subject: string, text: string) => void; live?: Subscription };
  const listeners = new Set<Listener>();
  const attach = (connection: NatsConnection, listener: Listener) => {
    listener.live = connection.subscribe(listener.subject, {
      callback: (error, message) => {
        if (error)
          logger.warn({ err: error, subject: listener.subject }, 'the broker refused a subscription');
        else listener.heard(message.subject, message.string());
      },
    });
  };
  return {
    attachAll: (connection: NatsConnection) => {
      for (const listener of listeners) attach(connection, listener);
    },
    add: (connection: NatsConnection | undefined, listener: Listener) => {
      listeners.add(listener);
      if (connection) attach(connection, listener);
      return () => {
        listeners.delete(listener);
        listener.live?.unsubscribe();
      };
    },
  };
};

/** Questions whose answers a lost connection will never bring: they fail at once rather than when time is up. */
const createOpenQuestions = () => {
  const open = new Set<(reason: Error) => void>();
  return {
    ask: <T>(answer: Promise<T>): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        open.add(reject);
        void answer.then(resolve, reject).finally(() => open.delete(reject));
      }),
    failAll: () => {
      for (const reject of open) reject(new BrokerAway());
    },
  };
};

/** Returns at once; while the broker is not there, it is tried again and again, and what needs it throws. */
export const connectJetStream = (
  natsUrl: string,
  name: string,
  logger: Logger,
): Broker & { consumerState: AskConsumerState } => {
  const options = connectionOptions(natsUrl, name);
  const listeners = createListeners(logger);
  const questions = createOpenQuestions();
  const onConnect = new Set<() => void>();
  let connected = false;
  const disconnect = () => {
    connected = false;
    questions.failAll();
  };

  const follow = async (connection: NatsConnection) => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') disconnect();
      if (type !== 'reconnect') continue;
      connected = true;
      for (const listener of onConnect) listener();
    }
    disconnect();
  };
  const kept = keepConnected<NatsConnection>({
    open: () => connect(options),
    opened: (connection) => {
      connected = true;
      void follow(connection);
      listeners.attachAll(connection);
      for (const listener of onConnect) listener();
    },
    logger,
  });
  const live = (): NatsConnection => {
    const connection = kept.current();
    if (!connection || !connected) throw new BrokerAway();
    return connection;
  };

  return {
    isConnected: () => connected,
    onConnect: (listener) => {
      onConnect.add(listener);
      if (connected) listener();
      return () => onConnect.delete(listener);
    },
    ensureStream: async (owner) => questions.ask(ensureStream(live(), owner)),
    publish: async (message) => questions.ask(publish(live(), message)),
    openConsumer: async (consumer): Promise<BrokerConsumer> => {
      const opened = await questions.ask(ensureConsumer(live(), consumer));
      return { fetch: (max, signal) => fetchFrom(opened, max, signal) };
    },
    consumerState: async (stream, durable) => questions.ask(consumerState(live(), stream, durable)),
    subscribe: (subject, heard) => listeners.add(kept.current(), { subject, heard }),
    close: async () => {
      // Last acknowledgements get out, unless nobody takes them.
      const flushed = connected ? kept.current()?.flush() : undefined;
      await Promise.race([flushed, sleep(1_000, undefined, { ref: false })]).catch(() => undefined);
      await kept.close();
    },
  };
};
