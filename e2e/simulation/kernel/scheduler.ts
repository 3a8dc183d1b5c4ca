import { asInstant, type Instant } from '@emporium/domain';
import { createEventQueue } from './event-queue.ts';
import { hashOf, type Noise } from './noise.ts';
import type { Process } from './process.ts';

/** 2026-01-01, on a clock that only the scheduler moves. */
const begin = 1_767_225_600_000;

/** Whose time it is: a process's, which ends with it, or the world's. */
export type Whose = Process | null;

/**
 * The only clock, and all that is waited for. One thing happens at a time, and whatever follows from it at once has followed
 * before the next one; of what is due at the same moment chance decides.
 */
export type Scheduler = {
  /** Milliseconds since the world began. */
  now(): number;
  instant(): Instant;
  sleep(whose: Whose, milliseconds: number, why: string): Promise<void>;
  later(whose: Whose, milliseconds: number, why: string, action: () => void): void;
  /** Goes on until `isDone`; false when that has not come until then. */
  run(isDone: () => boolean, until: number): Promise<boolean>;
  /** Nothing happens for so long. */
  skip(milliseconds: number): void;
  /** A digest of all that happened, in its order. */
  digest(): string;
  readonly trace: readonly string[];
};

const nameOf = (whose: Whose): string => (whose ? `${whose.name} ${whose.replica}` : 'world');

/** Resolves when everything that follows at once has followed. */
const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const instantAt = (milliseconds: number): Instant =>
  asInstant(new Date(begin + Math.floor(milliseconds)).toISOString());

export const createScheduler = (noise: Noise, keepsTrace: boolean): Scheduler => {
  const queue = createEventQueue();
  const trace: string[] = [];
  let now = 0;
  let [high, low] = [0, 1];

  const note = (line: string): void => {
    high = hashOf(line, high);
    low = hashOf(line, low ^ high);
    if (keepsTrace) trace.push(line);
  };
  const later = (whose: Whose, milliseconds: number, why: string, action: () => void): void => {
    if (whose && !whose.isAlive()) return;
    queue.add({ at: now + milliseconds, tie: noise.unit('tie'), whose, why, action });
  };
  return {
    now: () => now,
    instant: () => instantAt(now),
    later,
    sleep: (whose, milliseconds, why) => new Promise((resolve) => later(whose, milliseconds, why, resolve)),
    run: async (isDone, until) => {
      await drained();
      while (!isDone()) {
        const event = queue.take();
        if (event && event.at > until) queue.add(event);
        if (!event || event.at > until) return false;
        now = Math.max(now, event.at);
        if (event.whose && !event.whose.isAlive()) continue;
        note(`${now.toFixed(3)} ${nameOf(event.whose)}: ${event.why}`);
        event.action();
        await drained();
      }
      return true;
    },
    skip: (milliseconds) => {
      now += milliseconds;
    },
    digest: () => `${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(8, '0')}`,
    trace,
  };
};
