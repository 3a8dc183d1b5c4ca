import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ProviderCall } from '../application/ports.ts';
import type { ReadyCall } from './committed.ts';

export type WorkLoopOptions = {
  /** Takes up to so many calls that are due. */
  readonly claim: (limit: number) => Promise<readonly ProviderCall[]>;
  readonly settle: (call: ProviderCall) => Promise<void>;
  /** Keeps calls taken while they are worked on. */
  readonly renew: (ids: readonly string[]) => Promise<void>;
  readonly logger: Logger;
  /** How many calls at a time. */
  readonly concurrency: number;
  /** Milliseconds between looks when nobody wakes it: for what others left behind. */
  readonly pollMs: number;
};

/** Works through the calls to the card provider, together with the loops of other replicas. */
export type WorkLoop = {
  /** Something is due in so many milliseconds. */
  wake(dueIn: number): void;
  /** Settles what a transaction has taken and prepared, at once while there is room, and keeps it taken meanwhile. */
  take(ready: readonly ReadyCall[]): void;
  /** Settles a call that the caller has taken, and keeps it taken meanwhile. */
  settleNow(call: ProviderCall): Promise<void>;
  /** How many calls are being settled. */
  underWay(): number;
  /** Takes nothing more, and lets what is under way end for a few seconds; what does not is found by others. */
  stop(): Promise<void>;
};

const renewMs = 1500;
/**
 * What was marked as sent so long ago and was not sent yet is looked up first, like any other: by now somebody may think that it
 * has arrived or never will. Well below that time, less the longest that sending itself may take.
 */
const staleMs = 3000;
const stopMs = 5000;

export const startWorkLoop = (options: WorkLoopOptions): WorkLoop => {
  const { claim, settle, renew, logger, concurrency, pollMs } = options;
  const running = new Map<string, Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  const waiting: ReadyCall[] = [];
  let free = concurrency;
  let looking = false;
  let lookAgain = false;
  /** The last look took as much as it could: who is done looks again, instead of waiting to be woken. */
  let mayBeMore = false;
  let stopped = false;

  const keep = async (call: ProviderCall): Promise<void> => {
    const work = settle(call);
    running.set(call.id, work);
    try {
      await work;
    } finally {
      running.delete(call.id);
    }
  };
  const start = (call: ProviderCall): void => {
    free -= 1;
    keep(call)
      .catch((error: unknown) =>
        logger.error({ err: error, call: call.id, kind: call.kind }, 'a call to the card provider failed'),
      )
      .finally(() => {
        free += 1;
        startWaiting();
        if (mayBeMore) void look();
      });
  };
  const startWaiting = (): void => {
    while (free > 0 && !stopped) {
      const next = waiting.shift();
      if (!next) return;
      const isStale = performance.now() - next.since > staleMs;
      start(isStale ? { ...next.call, ready: null } : next.call);
    }
  };
  const look = async (): Promise<void> => {
    if (looking || stopped || free === 0) {
      lookAgain ||= looking;
      return;
    }
    looking = true;
    lookAgain = false;
    try {
      const limit = free;
      const calls = await claim(limit);
      mayBeMore = calls.length === limit;
      for (const call of calls) start(call);
    } catch (error) {
      logger.warn({ err: error }, 'no look at the calls to the card provider; trying again');
    } finally {
      looking = false;
    }
    if (lookAgain) void look();
  };
  const wake = (dueIn: number): void => {
    if (dueIn <= 0) return void look();
    const timer = setTimeout(() => {
      timers.delete(timer);
      void look();
    }, dueIn);
    timers.add(timer);
  };
  const renewing = setInterval(() => {
    const ids = [...running.keys(), ...waiting.map(({ call }) => call.id)];
    if (ids.length === 0) return;
    renew(ids).catch((error: unknown) => logger.warn({ err: error }, 'leases not renewed'));
  }, renewMs);
  const polling = setInterval(() => void look(), pollMs);
  void look();

  return {
    wake,
    take: (ready) => {
      waiting.push(...ready);
      startWaiting();
    },
    settleNow: keep,
    underWay: () => running.size,
    stop: async () => {
      stopped = true;
      clearInterval(polling);
      for (const timer of timers) clearTimeout(timer);
      const late = new AbortController();
      await Promise.race([
        Promise.allSettled(running.values()),
        sleep(stopMs, undefined, { signal: late.signal }).catch(() => undefined),
      ]);
      late.abort();
      clearInterval(renewing);
    },
  };
};
