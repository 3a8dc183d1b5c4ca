import { count, createCounter, waitLeft } from '@emporium/redis';
import type { Redis } from 'ioredis';
import type { Limited } from '../../application/ports.ts';
import { delayAfter } from '../../domain/login-delay.ts';

type Options = { readonly limit: number; readonly longestSeconds: number };

/** How long failures are held against a network: whoever forgot a password yesterday begins anew. */
const rememberedSeconds = 24 * 60 * 60;

/** What the failures of one account from one network cost; a success clears them. */
export const createLoginDelays = (redis: Redis, options: Options) => {
  const failures = createCounter(redis, 'users:login:failures', Number.MAX_SAFE_INTEGER, rememberedSeconds);
  const delays = createCounter(redis, 'users:login:delay', 1, options.longestSeconds);
  return {
    waitOf: (key: string): Promise<Limited | null> => waitLeft(delays, key),
    failed: async (key: string): Promise<void> => {
      const delay = delayAfter(await count(failures, key), options);
      if (delay !== null) await delays.block(key, delay);
    },
    succeeded: async (key: string): Promise<void> => {
      await failures.delete(key);
    },
  };
};
