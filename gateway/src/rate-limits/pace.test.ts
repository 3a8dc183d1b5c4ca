import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from './pace.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('lets the first begin at once', () => {
  expect(createPace(5, 100)()).toBe(0);
});

it('lets many begin one after another, in the order they came', () => {
  const pace = createPace(5, 100);
  expect([pace(), pace(), pace()]).toEqual([0, 5, 10]);
  vi.advanceTimersByTime(5);
  expect(pace()).toBe(10);
});

it('saves nothing up while nobody comes', () => {
  const pace = createPace(5, 100);
  pace();
  vi.advanceTimersByTime(1_000);
  expect([pace(), pace()]).toEqual([0, 5]);
});

it('keeps nobody waiting when there is no interval', () => {
  const pace = createPace(0, 100);
  expect([pace(), pace(), pace()]).toEqual([0, 0, 0]);
});

it('turns away whoever would wait too long, and gives their turn to the next', () => {
  const pace = createPace(5, 10);
  expect([pace(), pace(), pace(), pace(), pace()]).toEqual([0, 5, 10, null, null]);
  vi.advanceTimersByTime(5);
  expect([pace(), pace()]).toEqual([10, null]);
});
