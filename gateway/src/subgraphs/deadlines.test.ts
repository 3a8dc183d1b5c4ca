import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDeadlines } from './deadlines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limitMs = 1_000;

it('tells each that is not done in time, once and when its own time is over', () => {
  const deadlines = createDeadlines(limitMs);
  const [early, late] = [vi.fn(), vi.fn()];
  deadlines.watch(early);
  vi.advanceTimersByTime(400);
  deadlines.watch(late);
  vi.advanceTimersByTime(599);
  expect(early).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(early).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'ANSWER_TIMEOUT' }));
  expect(late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(400);
  expect(late).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10 * limitMs);
  expect(early).toHaveBeenCalledTimes(1);
  expect(late).toHaveBeenCalledTimes(1);
});

it('tells nothing to those that are done', () => {
  const deadlines = createDeadlines(limitMs);
  const [done, open] = [vi.fn(), vi.fn()];
  deadlines.watch(done);
  deadlines.watch(open);
  deadlines.forget(done);
  vi.advanceTimersByTime(limitMs);
  expect(done).not.toHaveBeenCalled();
  expect(open).toHaveBeenCalledTimes(1);
});

it('has one timer for many, and none when nothing is open', () => {
  const deadlines = createDeadlines(limitMs);
  for (let time = 0; time < 100; time += 1) {
    const done = vi.fn();
    deadlines.watch(done);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(37);
    deadlines.forget(done);
  }
  vi.advanceTimersByTime(limitMs);
  expect(vi.getTimerCount()).toBe(0);
});
