import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHands } from './hands.ts';

const atOnce = { lingerMs: 0, everyMs: 0 };

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
/** Tells how long they rest, and does not. */
const restless = () => {
  const rest = vi.fn(async (_milliseconds: number) => {});
  return { rest, held: createHands(9, 1_000, stopping.signal, rest) };
};

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
    expect(await held.take(2, atOnce)).toEqual([a, b]);
    held.settled([a, b], [b]);
    expect(await held.take(2, atOnce)).toEqual([b, c]);
  });

  it('waits a little for a batch to fill', async () => {
    const held = hands(9);
    const taking = held.take(3, { lingerMs: 25, everyMs: 0 });
    held.add(delivery('a'));
    await Promise.resolve();
    held.add(delivery('b'));
    expect(await taking).toHaveLength(2);
  });

  it('is taken at once, and again no earlier than so long after', async () => {
    const { rest, held } = restless();
    const apart = { lingerMs: 0, everyMs: 60 };
    held.add(delivery('a'));
    await held.take(9, apart);
    expect(rest).toHaveBeenLastCalledWith(0, stopping.signal);
    vi.advanceTimersByTime(20);
    held.add(delivery('b'));
    expect(await held.take(9, apart)).toHaveLength(1);
    expect(rest).toHaveBeenLastCalledWith(40, stopping.signal);
  });

  it('is taken without waiting when the batch is full', async () => {
    const { rest, held } = restless();
    for (const id of ['a', 'b']) held.add(delivery(id));
    await held.take(1, { lingerMs: 60_000, everyMs: 60_000 });
    await held.take(1, { lingerMs: 60_000, everyMs: 60_000 });
    expect(rest).not.toHaveBeenCalled();
  });

  it('is given back untouched when the service stops', async () => {
    const held = hands(2);
    const [a, b] = [delivery('a'), delivery('b')];
    held.add(a);
    held.add(b);
    await held.take(1, atOnce);
    const taking = Promise.all([held.take(9, { lingerMs: 60_000, everyMs: 0 }), held.room()]);
    stopping.abort();
    expect(await taking).toEqual([[], 0]);
    held.close();
    expect(a.retryIn).not.toHaveBeenCalled();
    expect(b.retryIn).toHaveBeenCalledWith(0);
  });
});
