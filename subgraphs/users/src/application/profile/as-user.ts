import type { Dependencies, Ports } from '../ports.ts';

/** One transaction in which nothing else changes this user; null for no user of ours. */
export const asUser =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  <T>(userId: string, work: (ports: Ports) => Promise<T>): Promise<T | null> =>
    transact(async (ports) => ((await ports.accounts.lock(userId)) ? work(ports) : null));
