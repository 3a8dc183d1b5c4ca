import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { every } from './every.ts';

const unexpected = (error: unknown) => {
  throw error;
};

/** Work that takes until it is told to end. */
const longWork = () => {
  let end = (): void => undefined;
  const work = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  return { work, end: () => end() };
};

describe('work that is done every second', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is done again and again, until it is stopped', async () => {
    const work = vi.fn();
    const { stop } = every(1000, work, unexpected);
    await vi.advanceTimersByTimeAsync(999);
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2001);
    expect(work).toHaveBeenCalledTimes(3);
    await stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may begin at once', async () => {
    const work = vi.fn();
    const { stop } = every(1000, work, unexpected, { atOnce: true });
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(work).toHaveBeenCalledTimes(2);
    await stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is never done twice at a time', async () => {
    const { work, end } = longWork();
    every(1000, work, unexpected);
    await vi.advanceTimersByTimeAsync(5000);
    expect(work).toHaveBeenCalledTimes(1);
    end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('goes on after it failed, and tells why', async () => {
    const bug = new Error('a bug');
    const work = vi.fn().mockRejectedValueOnce(bug);
    const failed = vi.fn();
    every(1000, work, failed);
    await vi.advanceTimersByTimeAsync(2000);
    expect(work).toHaveBeenCalledTimes(2);
    expect(failed.mock.calls).toEqual([[bug]]);
  });

  it('is waited for when it is stopped, and not done again', async () => {
    const { work, end } = longWork();
    const { stop } = every(1000, work, unexpected, { atOnce: true });
    const stopped = vi.fn();
    const stopping = stop().then(stopped);
    await vi.advanceTimersByTimeAsync(5000);
    expect(stopped).not.toHaveBeenCalled();
    end();
    await stopping;
    expect(work).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
