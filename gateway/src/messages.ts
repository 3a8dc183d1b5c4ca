import { setTimeout as pause } from 'node:timers/promises';
import { type ConnectionOptions, connect, type NatsConnection } from 'nats';
import type { Logger } from './logger.ts';

/** What the gateway is told at run time: plain NATS messages, of which those sent while it was away are lost. */
export type Messages = {
  /** False while messages may be missed. */
  hears(): boolean;
  close(): Promise<void>;
};

type Options = {
  readonly url: string;
  /** By subject, what is done with the JSON of each message; one that is not understood is logged and let go. */
  readonly listeners: Readonly<Record<string, (message: unknown) => void>>;
  /** Called when messages are heard from now on: at first, and after each time that they were not. */
  readonly onHearing: () => void;
  readonly logger: Logger;
};

const retryMs = 500;

/** Returns at once; while NATS does not answer it is tried for ever, which the log says once. */
export const connectMessages = ({ url, listeners, onHearing, logger }: Options): Messages => {
  const stopping = new AbortController();
  let connection: NatsConnection | undefined;
  let hears = false;
  let complained = false;

  const complain = (reason: string): void => {
    if (!complained && !stopping.signal.aborted)
      logger.warn({ reason }, 'nats does not answer; going on without news');
    complained = true;
  };

  /** Only when NATS has taken the subscriptions is it certain that nothing is missed from now on. */
  const beginToHear = async (connected: NatsConnection): Promise<void> => {
    await connected.flush();
    hears = true;
    if (complained) logger.info('nats answers again');
    complained = false;
    onHearing();
  };

  const subscribe = (connected: NatsConnection): void => {
    for (const [subject, listener] of Object.entries(listeners))
      connected.subscribe(subject, {
        callback: (error, message) => {
          try {
            if (error) throw error;
            listener(message.json());
          } catch (cause) {
            logger.warn({ subject, reason: String(cause) }, 'a message was not understood');
          }
        },
      });
  };

  const watch = async (connected: NatsConnection): Promise<void> => {
    for await (const { type } of connected.status()) {
      if (type === 'disconnect') {
        hears = false;
        complain('disconnected');
      }
      if (type === 'reconnect') await beginToHear(connected).catch(() => {});
    }
  };

  const follow = async (connected: NatsConnection): Promise<void> => {
    connection = connected;
    void watch(connected);
    subscribe(connected);
    await beginToHear(connected).catch((error: unknown) => complain(String(error)));
    await connected.closed();
    hears = false;
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const connected = await connect(connectionOptions(url));
        if (stopping.signal.aborted) await connected.close();
        else await follow(connected);
      } catch (error) {
        complain(String(error));
      }
      await pause(retryMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();

  return {
    hears: () => hears,
    close: async () => {
      stopping.abort();
      await connection?.close();
      await running;
    },
  };
};

/** The client library takes credentials as options, and not in the URL. */
const connectionOptions = (url: string): ConnectionOptions => {
  const servers = url.split(',').map((each) => new URL(each.trim()));
  const { username = '', password = '' } = servers[0] ?? {};
  return {
    servers: servers.map(({ host }) => host),
    ...(password === '' ? {} : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    ...(password === '' && username !== '' ? { token: decodeURIComponent(username) } : {}),
    ...(servers.some(({ protocol }) => protocol === 'tls:') ? { tls: {} } : {}),
    name: 'gateway',
    maxReconnectAttempts: -1,
    reconnectTimeWait: retryMs,
    ignoreAuthErrorAbort: true,
    pingInterval: 5_000,
    timeout: 5_000,
  };
};
