import type { Redis } from 'ioredis';
import type { AttemptLimits, Limited } from '../application/ports.ts';
import { type Counter, createCounter, take } from './abuse/counter.ts';
import { hidden, sourceOf } from './abuse/hidden.ts';
import { createLoginDelays } from './abuse/login-delays.ts';
import { createTurnsPerKey } from './turns.ts';

export type Attempts = {
  /** A minute, from one network. */
  readonly registrations: number;
  /** A minute: of one account, and from one network. */
  readonly failedLogins: number;
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

/** Attempts of one account, or from one network, wait for each other: a burst cannot outrun the limits. */
export const createAttemptLimits = (
  redis: Redis,
  {
    registrations,
    failedLogins,
    longestDelaySeconds = 900,
    requests = 5,
    requestsOfNetwork = 100,
  }: Attempts,
): AttemptLimits => {
  const registered = createCounter(redis, 'users:register', registrations, 60);
  const ofAccount = createCounter(redis, 'users:login:account', failedLogins, 60);
  const fromNetwork = createCounter(redis, 'users:login:address', failedLogins, 60);
  const ofSubject = createCounter(redis, 'users:ask:subject', requests, 3600);
  const askedFrom = createCounter(redis, 'users:ask:address', requestsOfNetwork, 3600);
  const delays = createLoginDelays(redis, { limit: failedLogins, longestSeconds: longestDelaySeconds });
  const turns = createTurnsPerKey();

  type Work<T> = () => Promise<T | null>;
  type Outcome<T> = Promise<T | null | Limited>;

  /** Whoever keeps failing at one account from one network waits longer and longer. */
  const growing = async <T>(account: string, source: string, work: Work<T>): Outcome<T> => {
    const key = hidden(`${account} ${source}`);
    const wait = await delays.waitOf(key);
    if (wait) return wait;
    const outcome = await work();
    await (outcome === null ? delays.failed(key) : delays.succeeded(key));
    return outcome;
  };

  const perNetwork = async <T>(source: string, work: () => Outcome<T>): Outcome<T> => {
    const wait = await take(fromNetwork, source);
    return wait ?? countingFailures(fromNetwork, source, work);
  };

  /** Binds strangers only: else any of them could keep the owner out. */
  const perAccount = async <T>(
    account: string,
    isFamiliar: () => Promise<boolean>,
    work: () => Outcome<T>,
  ): Outcome<T> => {
    const wait = await take(ofAccount, account);
    if (!wait) return countingFailures(ofAccount, account, work);
    return (await isFamiliar()) ? work() : wait;
  };

  return {
    register: (address) => take(registered, sourceOf(address)),
    ask: async (what, { subject, address }) =>
      (await take(askedFrom, `${what} ${sourceOf(address)}`)) ??
      (await take(ofSubject, `${what} ${hidden(subject)}`)),
    logIn: ({ email, address, isFamiliar }, verify) => {
      const account = hidden(email);
      const source = sourceOf(address);
      return turns(`account ${account}`, () =>
        turns(`address ${source}`, () =>
          perAccount(account, isFamiliar, () => perNetwork(source, () => growing(account, source, verify))),
        ),
      );
    },
  };
};
