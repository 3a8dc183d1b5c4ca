import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPause } from './pause.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const { signal } = new AbortController();

/** Whether a promise has been kept by now. */
const kept = async (promise: Promise<void>) => {
  let is = false;
  void promise.then(() => {
    is = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return is;
};

describe('a pause', () => {
  it('does not hold before anything failed', async () => {
    expect(await kept(createPause().over(signal))).toBe(true);
  });

  it('holds longer each time, once for all that fail meanwhile', async () => {
    const pause = createPause();
    for (const wait of [200, 400, 800, 1_600, 3_200, 5_000, 5_000]) {
      for (let failure = 0; failure < 16; failure += 1) pause.extend();
      const over = pause.over(signal);
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(await kept(over)).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(await kept(over)).toBe(true);
    }
  });

  it('ends at the first answer, and begins anew after it', async () => {
    const pause = createPause();
    pause.extend();
    const over = pause.over(signal);
    pause.end();
    expect(await kept(over)).toBe(true);
    pause.extend();
    const next = pause.over(signal);
    await vi.advanceTimersByTimeAsync(200);
    expect(await kept(next)).toBe(true);
  });

  it('does not hold up a service that stops', async () => {
    const stopping = new AbortController();
    const pause = createPause();
    pause.extend();
    const over = pause.over(stopping.signal);
    stopping.abort();
    expect(await kept(over)).toBe(true);
    expect(await kept(pause.over(stopping.signal))).toBe(true);
  });
});
