import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { AttemptLimits, Limited } from '../application/ports.ts';
import { networkOf } from './client-network.ts';
import { createTurnsPerKey } from './turns.ts';

export type AttemptsPerMinute = {
  readonly registrations: number;
  /** Of one account, and from one address. */
  readonly failedLogins: number;
};

/** An hour, of each thing that costs somebody a mail: for one subject, and from one network. */
const requestsOfSubject = 5;
const requestsOfNetwork = 100;

/** Counts in Redis, for all replicas together; in this process alone while Redis does not answer. */
const limiter = (redis: Redis, keyPrefix: string, points: number, duration = 60) => {
  const options = { keyPrefix, points, duration };
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(options),
  });
};

const take = async (from: RateLimiterRedis, key: string): Promise<Limited | null> => {
  try {
    await from.consume(key);
    return null;
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    return { retryAfter: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) };
  }
};

/** Redis is to know no e-mail address. */
const hidden = (text: string): string => createHash('sha256').update(text).digest('base64url');

const sourceOf = (address: string | null): string => (address === null ? 'unknown' : networkOf(address));

/** Limits per minute. Attempts of one account, or from one address, wait for each other: a burst cannot outrun them. */
export const createAttemptLimits = (redis: Redis, perMinute: AttemptsPerMinute): AttemptLimits => {
  const registrations = limiter(redis, 'users:register', perMinute.registrations);
  const ofAccount = limiter(redis, 'users:login:account', perMinute.failedLogins);
  const fromAddress = limiter(redis, 'users:login:address', perMinute.failedLogins);
  const ofSubject = limiter(redis, 'users:ask:subject', requestsOfSubject, 3600);
  const askedFrom = limiter(redis, 'users:ask:address', requestsOfNetwork, 3600);
  const turns = createTurnsPerKey();

  /** Counted before the work and given back unless it fails, so that no replica lets one attempt too many through. */
  const countingFailures = async <T>(
    counter: RateLimiterRedis,
    key: string,
    work: () => Promise<T | null>,
  ): Promise<T | null | Limited> => {
    const wait = await take(counter, key);
    if (wait) return wait;
    let hasFailed = false;
    try {
      const outcome = await work();
      hasFailed = outcome === null;
      return outcome;
    } finally {
      if (!hasFailed) await counter.reward(key);
    }
  };

  return {
    register: (address) => take(registrations, sourceOf(address)),
    ask: async (what, { subject, address }) =>
      (await take(askedFrom, `${what} ${sourceOf(address)}`)) ??
      (await take(ofSubject, `${what} ${hidden(subject)}`)),
    logIn: ({ email, address }, verify) => {
      const account = hidden(email);
      const source = sourceOf(address);
      return turns(`account ${account}`, () =>
        turns(`address ${source}`, () =>
          countingFailures(ofAccount, account, () => countingFailures(fromAddress, source, verify)),
        ),
      );
    },
  };
};
