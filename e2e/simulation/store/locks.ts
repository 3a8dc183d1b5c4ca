import type { Process } from '../kernel/process.ts';
import type { Scheduler } from '../kernel/scheduler.ts';

/** Whoever holds locks until its end. */
export type Holder = { readonly process: Process };

/** Two transactions wait for each other, and this one gives way; as Postgres says it. */
export class DeadlockError extends Error {
  override readonly name = 'DeadlockError';
  readonly code = '40P01';
}

type Waiter = { readonly holder: Holder; readonly granted: () => void };
type Lock = { owner: Holder; readonly waiters: Waiter[] };

/** Exclusive locks by name. Who waits is served in turn; a circle of those who wait is broken at once. */
export type Locks = {
  take(holder: Holder, name: string): Promise<void>;
  /** False when somebody else has it. */
  tryTake(holder: Holder, name: string): boolean;
  releaseAll(holder: Holder): void;
};

export const createLocks = (scheduler: Scheduler): Locks => {
  const locks = new Map<string, Lock>();
  const held = new Map<Holder, Set<string>>();
  const awaited = new Map<Holder, string>();

  const own = (holder: Holder, name: string): void => {
    const names = held.get(holder) ?? new Set();
    held.set(holder, names.add(name));
  };
  const wouldCircle = (holder: Holder, name: string): boolean => {
    for (let next: string | undefined = name; next !== undefined; ) {
      const owner: Holder | undefined = locks.get(next)?.owner;
      if (owner === holder) return true;
      next = owner && awaited.get(owner);
    }
    return false;
  };
  const tryTake: Locks['tryTake'] = (holder, name) => {
    const lock = locks.get(name);
    if (lock) return lock.owner === holder;
    locks.set(name, { owner: holder, waiters: [] });
    own(holder, name);
    return true;
  };
  const passOn = (name: string, lock: Lock): void => {
    let next = lock.waiters.shift();
    while (next && !next.holder.process.isAlive()) next = lock.waiters.shift();
    if (!next) {
      locks.delete(name);
      return;
    }
    const { holder, granted } = next;
    lock.owner = holder;
    own(holder, name);
    awaited.delete(holder);
    scheduler.later(holder.process, 0.05, `has ${name}`, granted);
  };
  return {
    tryTake,
    take: async (holder, name) => {
      if (tryTake(holder, name)) return;
      if (wouldCircle(holder, name)) throw new DeadlockError(`a circle of transactions at ${name}`);
      await new Promise<void>((resolve) => {
        awaited.set(holder, name);
        locks.get(name)?.waiters.push({ holder, granted: resolve });
      });
    },
    releaseAll: (holder) => {
      awaited.delete(holder);
      for (const name of held.get(holder) ?? []) {
        const lock = locks.get(name);
        if (lock?.owner === holder) passOn(name, lock);
      }
      held.delete(holder);
    },
  };
};
