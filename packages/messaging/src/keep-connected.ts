import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

type Closable = { closed(): Promise<unknown>; close(): Promise<void> };

/** A connection that is opened again for ever; absent while there is none. */
export type Kept<Connection> = {
  current(): Connection | undefined;
  close(): Promise<void>;
};

type Keeping<Connection> = {
  readonly open: () => Promise<Connection>;
  readonly opened: (connection: Connection) => void;
  readonly logger: Logger;
  readonly retryMs?: number;
};

/** Opens, waits until it is closed, opens again. Says once that the other side does not answer, not at each try. */
export const keepConnected = <Connection extends Closable>({
  open,
  opened,
  logger,
  retryMs = 250,
}: Keeping<Connection>): Kept<Connection> => {
  const stopping = new AbortController();
  let connection: Connection | undefined;
  let complained = false;

  const tryToOpen = async (): Promise<Connection | undefined> => {
    try {
      return await open();
    } catch (error) {
      if (!complained)
        logger.warn({ err: error }, 'the broker does not answer; trying again until it does');
      complained = true;
      return undefined;
    }
  };
  const live = async (connected: Connection) => {
    connection = connected;
    complained = false;
    opened(connected);
    await connected.closed();
    connection = undefined;
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      const connected = await tryToOpen();
      if (connected && stopping.signal.aborted) await connected.close();
      else if (connected) await live(connected);
      else await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    current: () => connection,
    close: async () => {
      stopping.abort();
      await connection?.close();
      await running;
    },
  };
};
