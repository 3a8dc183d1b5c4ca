import { type Counter, createCounter, take } from '@emporium/redis';
import { sourceOf } from '@emporium/subgraph';
import type { Redis } from 'ioredis';
import type { AttemptLimits, Limited } from '../application/ports.ts';
import { hidden } from './abuse/hidden.ts';
import { createLoginDelays } from './abuse/login-delays.ts';
import { createTurnsPerKey } from './turns.ts';

export type Attempts = {
  /** A minute, from one network. */
  readonly registrations: number;
  /** A minute: of one account, and from one network at one account. */
  readonly failedLogins: number;
  /** A minute, from one network, whomever they try. */
  readonly failedLoginsOfNetwork?: number;
  /** What the wait grows to while one network goes on failing at one account. */
  readonly longestDelaySeconds?: number;
  /** An hour, for one subject, of each thing that costs somebody a mail. */
  readonly requests?: number;
  /** An hour, from one network, of each such thing. */
  readonly requestsOfNetwork?: number;
};

/** Counted before the work and given back unless it fails, so that no replica lets one attempt too many through. */
const countingFailures = async <T>(counter: Counter, key: string, work: () => Promise<T | null>) => {
  let hasFailed = false;
  try {
    const outcome = await work();
    hasFailed = outcome === null;
    return outcome;
  } finally {
    if (!hasFailed) await counter.reward(key);
  }
};

/** So many logins of one network run at a time that those under way, which count until they succeed, leave others room. */
const widthOf = (failedLoginsOfNetwork: number): number =>
  Math.max(1, Math.floor(failedLoginsOfNetwork / 4));

/** Attempts of one account wait for each other, and all but a few of one network: a burst cannot outrun the limits. */
export const createAttemptLimits = (
  redis: Redis,
  {
    registrations,
    failedLogins,
    failedLoginsOfNetwork = 20,
    longestDelaySeconds = 900,
    requests = 5,
    requestsOfNetwork = 100,
  }: Attempts,
): AttemptLimits => {
  const registered = createCounter(redis, 'users:register', registrations, 60);
  const ofAccount = createCounter(redis, 'users:login:account', failedLogins, 60);
  const fromNetwork = createCounter(redis, 'users:login:address', failedLoginsOfNetwork, 60);
  const ofPair = createCounter(redis, 'users:login:pair', failedLogins, 60);
  const ofSubject = createCounter(redis, 'users:ask:subject', requests, 3600);
  const askedFrom = createCounter(redis, 'users:ask:address', requestsOfNetwork, 3600);
  const delays = createLoginDelays(redis, { limit: failedLogins, longestSeconds: longestDelaySeconds });
  const turnsOfAccount = createTurnsPerKey();
  const turnsOfNetwork = createTurnsPerKey(widthOf(failedLoginsOfNetwork));

  type Work<T> = () => Promise<T | null>;
  type Outcome<T> = Promise<T | null | Limited>;

  /** Whoever keeps failing at one account from one network waits longer and longer. */
  const perPair = async <T>(pair: string, work: Work<T>, isProof: (outcome: T) => boolean): Outcome<T> => {
    const wait = (await delays.waitOf(pair)) ?? (await take(ofPair, pair));
    if (wait) return wait;
    return countingFailures(ofPair, pair, async () => {
      const outcome = await work();
      if (outcome === null) await delays.failed(pair);
      else if (isProof(outcome)) await delays.succeeded(pair);
      return outcome;
    });
  };

  /** Binds strangers only: else any of them could keep the owner out. */
  const forStrangers = async <T>(
    counter: Counter,
    key: string,
    isFamiliar: () => Promise<boolean>,
    work: () => Outcome<T>,
  ): Outcome<T> => {
    const wait = await take(counter, key);
    if (!wait) return countingFailures(counter, key, work);
    return (await isFamiliar()) ? work() : wait;
  };

  return {
    register: (address) => take(registered, sourceOf(address)),
    ask: async (what, { subject, address, isFamiliar }) => {
      const source = sourceOf(address);
      const wait = await take(askedFrom, `${what} ${source}`);
      if (wait) return wait;
      const asks = (await isFamiliar?.()) ? `${subject} ${source}` : subject;
      return take(ofSubject, `${what} ${hidden(asks)}`);
    },
    logIn: ({ email, userId, address, isFamiliar }, verify, isProof) => {
      const account = hidden(userId === undefined ? email : `signed in ${userId}`);
      const source = sourceOf(address);
      const attempt = () => perPair(hidden(`${account} ${source}`), verify, isProof);
      const fromTheirNetwork = () =>
        turnsOfNetwork(source, () => forStrangers(fromNetwork, source, isFamiliar, attempt));
      return turnsOfAccount(account, () =>
        forStrangers(ofAccount, account, isFamiliar, userId === undefined ? fromTheirNetwork : attempt),
      );
    },
  };
};
