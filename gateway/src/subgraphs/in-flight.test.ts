import { describe, expect, it, vi } from 'vitest';
import { createInFlight } from './in-flight.ts';

describe('work in flight', () => {
  it('is shared while it runs, and done again afterwards', async () => {
    const { share } = createInFlight<number>();
    const work = vi.fn(async () => 1);
    const [first, second] = [share('a', work), share('a', work)];
    expect([first.shared, second.shared]).toEqual([false, true]);
    expect(await second.result).toBe(1);
    expect(share('a', work).shared).toBe(false);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('fails for all that share it, and is then tried again', async () => {
    const { share } = createInFlight<number>();
    const failing = async () => Promise.reject(new Error('no'));
    const [first, second] = [share('a', failing), share('a', failing)];
    await expect(first.result).rejects.toThrow('no');
    await expect(second.result).rejects.toThrow('no');
    expect(await share('a', async () => 2).result).toBe(2);
  });
});
