import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHands } from './hands.ts';

const delivery = (id: string) => ({
  id,
  subject: 's',
  sequence: 1,
  text: '{}',
  ack: vi.fn(),
  retryIn: vi.fn(),
  working: vi.fn(),
});

let stopping: AbortController;
beforeEach(() => {
  vi.useFakeTimers();
  stopping = new AbortController();
});
afterEach(() => {
  vi.useRealTimers();
});
const hands = (capacity = 2) => createHands(capacity, 1_000, stopping.signal);

describe('what a consumer has in hand', () => {
  it('is kept alive until it is settled', async () => {
    const held = hands();
    const [a, b] = [delivery('a'), delivery('b')];
    held.add(a);
    held.add(b);
    vi.advanceTimersByTime(1_000);
    held.settled([a], []);
    vi.advanceTimersByTime(1_000);
    expect(a.working).toHaveBeenCalledTimes(1);
    expect(b.working).toHaveBeenCalledTimes(2);
  });

  it('is bounded: more is taken when something is settled', async () => {
    const held = hands(2);
    const [a, b] = [delivery('a'), delivery('b')];
    expect(await held.room()).toBe(2);
    held.add(a);
    held.add(b);
    const room = held.room();
    held.settled([a], []);
    expect(await room).toBe(1);
  });

  it('is taken in order, what had to be held first', async () => {
    const held = hands(9);
    const [a, b, c] = [delivery('a'), delivery('b'), delivery('c')];
    for (const each of [a, b, c]) held.add(each);
    expect(await held.take(2, 0)).toEqual([a, b]);
    held.settled([a, b], [b]);
    expect(await held.take(2, 0)).toEqual([b, c]);
  });

  it('waits a little for a batch to fill', async () => {
    const held = hands(9);
    const taking = held.take(3, 25);
    held.add(delivery('a'));
    await Promise.resolve();
    held.add(delivery('b'));
    expect(await taking).toHaveLength(2);
  });

  it('is given back untouched when the service stops', async () => {
    const held = hands(2);
    const [a, b] = [delivery('a'), delivery('b')];
    held.add(a);
    held.add(b);
    await held.take(1, 0);
    const taking = Promise.all([held.take(9, 60_000), held.room()]);
    stopping.abort();
    expect(await taking).toEqual([[], 0]);
    held.close();
    expect(a.retryIn).not.toHaveBeenCalled();
    expect(b.retryIn).toHaveBeenCalledWith(0);
  });
});
