import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { createLoadShedding } from './load-shedding.ts';

let now = 0;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.useRealTimers());

/** Reads the clock once for each, so many milliseconds later than it was due. */
const afterTurnsLateBy = (...late: number[]): boolean => {
  const load = createLoadShedding({ maxRequestsInFlight: 1, maxEventLoopDelayMs: 400 }, createMetrics());
  for (const ms of late) {
    now += 50 + ms;
    vi.advanceTimersToNextTimer();
  }
  load.stop();
  return load.isOverloaded();
};

describe('an event loop', () => {
  it.each([
    ['in time', [0, 0, 0], false],
    ['late once', [600], false],
    ['late now and then', [600, 0, 600, 0], false],
    ['late twice in a row', [600, 600], true],
    ['late once, for very long', [900], true],
    ['in time again', [600, 600, 0], false],
  ])('that is %s: %j is too much to do: %s', (_how, late, isOverloaded) => {
    expect(afterTurnsLateBy(...late)).toBe(isOverloaded);
  });
});
