import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from './pace.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('lets the first begin at once', () => {
  expect(createPace(5)()).toBeNull();
});

it('lets many begin one after another, in the order they came', async () => {
  const pace = createPace(5);
  const begun: string[] = [];
  const begin = async (name: string) => {
    const turn = pace();
    if (turn) await turn;
    begun.push(name);
  };
  for (const name of ['ada', 'bob', 'cyd']) void begin(name);
  expect(begun).toEqual(['ada']);
  await vi.advanceTimersByTimeAsync(5);
  expect(begun).toEqual(['ada', 'bob']);
  await vi.advanceTimersByTimeAsync(5);
  expect(begun).toEqual(['ada', 'bob', 'cyd']);
});

it('saves nothing up while nobody comes', async () => {
  const pace = createPace(5);
  pace();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(pace()).toBeNull();
  expect(pace()).not.toBeNull();
});

it('keeps nobody waiting when there is no interval', () => {
  const pace = createPace(0);
  expect([pace(), pace(), pace()]).toEqual([null, null, null]);
});
