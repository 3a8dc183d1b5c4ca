import { count, createCounter } from '@emporium/redis';
import { sourceOf } from '@emporium/subgraph';
import type { Redis } from 'ioredis';
import type { LoginWatch } from '../../application/abuse/security-alert.ts';
import { hidden } from './hidden.ts';

export type AlertThresholds = {
  /** Failed logins of one account. */
  readonly failedLogins: number;
  /** Accounts that one network tries and fails at. */
  readonly accountsOfNetwork: number;
  readonly windowSeconds: number;
};

/**
 * Counts failures in windows that begin with the first. Whoever counts the one that reaches the threshold tells of it, so it
 * is told once in each window, however many replicas count.
 */
export const createLoginWatch = (
  redis: Redis,
  { failedLogins, accountsOfNetwork, windowSeconds: window }: AlertThresholds,
): LoginWatch => {
  const failures = createCounter(redis, 'users:watch:account', Number.MAX_SAFE_INTEGER, window);
  const tried = createCounter(redis, 'users:watch:tried', Number.MAX_SAFE_INTEGER, window);
  const accounts = createCounter(redis, 'users:watch:network', Number.MAX_SAFE_INTEGER, window);

  return {
    note: async ({ email, address }) => {
      const account = hidden(email);
      const source = sourceOf(address);
      const ofAccount = await count(failures, account);
      const isNew = (await count(tried, hidden(`${account} ${source}`))) === 1;
      const fromNetwork = isNew ? await count(accounts, source) : 0;
      return [
        ...(ofAccount === failedLogins
          ? [{ kind: 'FAILED_LOGINS' as const, count: ofAccount, window }]
          : []),
        ...(fromNetwork === accountsOfNetwork
          ? [{ kind: 'CREDENTIAL_STUFFING' as const, count: fromNetwork, window }]
          : []),
      ];
    },
  };
};
