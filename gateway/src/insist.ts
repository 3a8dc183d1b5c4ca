import type { Redis } from 'ioredis';

/** After a Redis that is connected did not answer; one that is not calls by itself. */
const tryAgainMs = 1000;

/** Work with Redis that must not be lost. */
export type Insistent = {
  /** Does it now, or once Redis is connected; and again until it is done. */
  attempt(): void;
  stop(): void;
};

/** The work must do no harm when it is done again; it is done whenever Redis is connected anew, too. */
export const insist = (
  redis: Redis,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): Insistent => {
  let again: NodeJS.Timeout | undefined;
  const attempt = (): void => {
    clearTimeout(again);
    if (redis.status !== 'ready') return;
    work().catch((error: unknown) => {
      failed(error);
      clearTimeout(again);
      again = setTimeout(attempt, tryAgainMs).unref();
    });
  };
  redis.on('ready', attempt);
  return { attempt, stop: () => clearTimeout(again) };
};
