import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** What is refused for now: `retryAfter` is in whole seconds. */
export type Limited = { readonly retryAfter: number };

export type Counter = RateLimiterRedis;

/**
 * Counts up to `points` in so many seconds from the first: in Redis, for all replicas together; in this process alone while
 * Redis does not answer. Every key has an end.
 */
export const createCounter = (
  redis: Redis,
  keyPrefix: string,
  points: number,
  seconds: number,
): Counter => {
  const options = { keyPrefix, points, duration: seconds };
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(options),
  });
};

const waitOf = ({ msBeforeNext }: RateLimiterRes): Limited => ({
  retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1000)),
});

/** Counts one, or says how long to wait. */
export const take = async (from: Counter, key: string): Promise<Limited | null> => {
  try {
    await from.consume(key);
    return null;
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    return waitOf(reason);
  }
};

/** How many there are with this one, also beyond the limit. */
export const count = async (into: Counter, key: string): Promise<number> => {
  try {
    return (await into.consume(key)).consumedPoints;
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    return reason.consumedPoints;
  }
};

/** How long a key still has to wait; null when it need not. Counts nothing. */
export const waitLeft = async (of: Counter, key: string): Promise<Limited | null> => {
  const state = await of.get(key);
  return state && state.consumedPoints > of.points && state.msBeforeNext > 0 ? waitOf(state) : null;
};
