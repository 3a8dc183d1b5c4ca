import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type CountStore, createSharedCount, type SharedCount } from './shared-count.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const windowMs = 60_000;
const counter = (store: CountStore | null = null, points = 3): SharedCount =>
  createSharedCount({ points, windowMs, store });
const takeMany = (count: SharedCount, times: number) =>
  Array.from({ length: times }, () => count.take('ada')).filter((wait) => wait === null).length;

/** What would be in Redis: one window, for all. */
const sharedStore = () => {
  let total = 0;
  const add = vi.fn(async (_key: string, points: number) => {
    total += points;
    return { total, msLeft: windowMs };
  });
  return { add };
};

it('lets each key take its points, and says how long to wait', () => {
  const count = counter();
  expect(takeMany(count, 5)).toBe(3);
  expect(count.take('bob')).toBeNull();
  vi.advanceTimersByTime(10_000);
  expect(count.take('ada')).toBe(50_000);
});

it('begins anew when the window is over', () => {
  const count = counter();
  takeMany(count, 4);
  vi.advanceTimersByTime(windowMs);
  expect(takeMany(count, 5)).toBe(3);
});

it('knows after a moment what others have counted', async () => {
  const store = sharedStore();
  const [here, there] = [counter(store), counter(store)];
  takeMany(here, 2);
  takeMany(there, 1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(takeMany(here, 3) + takeMany(there, 3)).toBe(1);
});

it('tells each point once, and many together', async () => {
  const store = sharedStore();
  const count = counter(store, 10);
  takeMany(count, 4);
  await vi.advanceTimersByTimeAsync(1_000);
  takeMany(count, 2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(store.add.mock.calls).toEqual([
    ['ada', 4],
    ['ada', 2],
  ]);
});

it('asks the store nothing about whoever has no points left', async () => {
  const store = sharedStore();
  const count = counter(store);
  takeMany(count, 3);
  await vi.advanceTimersByTimeAsync(1_000);
  takeMany(count, 1_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(store.add).toHaveBeenCalledTimes(1);
});

it('goes on by its own count while the store is away, and tells it later', async () => {
  const store = sharedStore();
  const count = counter(store, 10);
  store.add.mockRejectedValueOnce(new Error('away'));
  takeMany(count, 4);
  await vi.advanceTimersByTimeAsync(1_000);
  takeMany(count, 1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.add).toHaveBeenLastCalledWith('ada', 5);
  expect(takeMany(count, 10)).toBe(5);
});

it('leaves no timer behind', async () => {
  const store = sharedStore();
  const count = counter(store);
  takeMany(count, 1);
  count.stop();
  takeMany(count, 1);
  expect(vi.getTimerCount()).toBe(0);
});
