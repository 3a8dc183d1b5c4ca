import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from './broker.ts';

/** When a batch that is not full is handled, in milliseconds. */
export type BatchTiming = {
  /** How long it waits for more. */
  readonly lingerMs: number;
  /** It begins no earlier than so long after the one before. */
  readonly everyMs: number;
};

/** The messages that a consumer has in hand: a bounded number, kept alive at the broker until they are settled. */
export type Hands = {
  /** Resolves with how many more may be taken in hand: 0 only when the consumer stops. */
  room(): Promise<number>;
  add(delivery: Delivery): void;
  /** Resolves with at least one message and at most `max`; with none only when the consumer stops. */
  take(max: number, timing: BatchTiming): Promise<readonly Delivery[]>;
  /** What was taken is settled, but for `held`, which will be taken again first. */
  settled(taken: readonly Delivery[], held: readonly Delivery[]): void;
  /** Gives what nobody has taken back to the broker, for another replica. */
  close(): void;
};

/** Somebody to wake when something changes. */
const createWaiters = (signal: AbortSignal) => {
  let waiting: (() => void)[] = [];
  const wakeAll = () => {
    const all = waiting;
    waiting = [];
    for (const wake of all) wake();
  };
  signal.addEventListener('abort', wakeAll, { once: true });
  return { wakeAll, wait: () => new Promise<void>((resolve) => waiting.push(resolve)) };
};

/** Waits so many milliseconds, or until the consumer stops. */
type Rest = (milliseconds: number, signal: AbortSignal) => Promise<void>;

const restByClock: Rest = (milliseconds, signal) =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined);

export const createHands = (
  capacity: number,
  keepAliveMs: number,
  signal: AbortSignal,
  rest: Rest = restByClock,
): Hands => {
  const inHand = new Set<Delivery>();
  const waiting: Delivery[] = [];
  const arrivals = createWaiters(signal);
  const departures = createWaiters(signal);
  let takenAt = Number.NEGATIVE_INFINITY;
  const keepAlive = setInterval(() => {
    for (const delivery of inHand) delivery.working();
  }, keepAliveMs);

  return {
    room: async () => {
      while (inHand.size >= capacity && !signal.aborted) await departures.wait();
      return signal.aborted ? 0 : capacity - inHand.size;
    },
    add: (delivery) => {
      inHand.add(delivery);
      waiting.push(delivery);
      arrivals.wakeAll();
    },
    take: async (max, { lingerMs, everyMs }) => {
      while (waiting.length === 0 && !signal.aborted) await arrivals.wait();
      const untilNext = Math.max(lingerMs, takenAt + everyMs - performance.now());
      if (waiting.length < max) await rest(untilNext, signal);
      takenAt = performance.now();
      return signal.aborted ? [] : waiting.splice(0, max);
    },
    settled: (taken, held) => {
      for (const delivery of taken) inHand.delete(delivery);
      for (const delivery of held) inHand.add(delivery);
      waiting.unshift(...held);
      if (held.length > 0) arrivals.wakeAll();
      departures.wakeAll();
    },
    close: () => {
      clearInterval(keepAlive);
      for (const delivery of waiting) delivery.retryIn(0);
    },
  };
};
