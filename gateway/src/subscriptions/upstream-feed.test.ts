import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FeedOptions, openFeed, type UpstreamEvent, type UpstreamListener } from './upstream-feed.ts';

type Started = { position: unknown; listener: UpstreamListener; stopped: boolean };

let started: Started[];
const latest = (): Started => {
  const last = started.at(-1);
  if (!last) throw new Error('nothing was started');
  return last;
};
const event = (sequence: number): UpstreamEvent => ({ data: { sequence } });
const open = (options: Partial<FeedOptions> = {}) =>
  openFeed({
    start: (position, listener) => {
      const one = { position, listener, stopped: false };
      started.push(one);
      return () => {
        one.stopped = true;
      };
    },
    positionOf: ({ data }) => data?.sequence,
    unavailable: () => ({ errors: [{ message: 'away' }] }),
    maxWaiting: 3,
    ...options,
  });
const give = (...sequences: number[]) => {
  for (const sequence of sequences) latest().listener.event(event(sequence));
};

beforeEach(() => {
  started = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a feed', () => {
  it('gives events in order, whether they wait or are waited for', async () => {
    const feed = open();
    give(1, 2);
    expect([await feed.next(), await feed.next()].map(({ value }) => value)).toEqual([event(1), event(2)]);
    const awaited = feed.next();
    give(3);
    expect((await awaited).value).toEqual(event(3));
  });

  it('ends when its upstream completes, after what still waits', async () => {
    const feed = open();
    give(1);
    latest().listener.completed();
    expect([await feed.next(), await feed.next()]).toMatchObject([{ value: event(1) }, { done: true }]);
  });

  it('ends with a refusal, and does not try again', async () => {
    const feed = open();
    latest().listener.refused([{ message: 'no' }]);
    expect(await feed.next()).toMatchObject({ value: { data: null, errors: [{ message: 'no' }] } });
    expect(await feed.next()).toMatchObject({ done: true });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(started).toHaveLength(1);
  });

  it('stops its upstream at once when it is closed, even while a reader waits', async () => {
    const feed = open();
    const awaited = feed.next();
    await feed.return?.();
    expect(await awaited).toMatchObject({ done: true });
    expect(latest().stopped).toBe(true);
    give(1);
    expect(await feed.next()).toMatchObject({ done: true });
  });
});

describe('a feed whose connection is lost', () => {
  it('begins again after the last event it was given', async () => {
    const feed = open();
    give(1, 2);
    latest().listener.interrupted();
    await vi.advanceTimersByTimeAsync(100);
    expect(started.map(({ position }) => position)).toEqual([undefined, 2]);
    give(3);
    const values = [await feed.next(), await feed.next(), await feed.next()].map(({ value }) => value);
    expect(values).toEqual([event(1), event(2), event(3)]);
  });

  it('hears nothing more of the connection that it lost', async () => {
    const feed = open();
    const { listener } = latest();
    listener.interrupted();
    listener.event(event(1));
    listener.completed();
    await vi.advanceTimersByTimeAsync(100);
    give(2);
    expect((await feed.next()).value).toEqual(event(2));
    expect(started).toHaveLength(2);
  });

  it('tries less and less often, and gives up in the end', async () => {
    const feed = open();
    give(1);
    const began = Date.now();
    const tries: number[] = [];
    while (latest() && Date.now() - began < 120_000) {
      const before = started.length;
      latest().listener.interrupted();
      await vi.advanceTimersByTimeAsync(2_000);
      if (started.length === before) break;
      tries.push(started.length);
    }
    await feed.next();
    expect(await feed.next()).toMatchObject({ value: { errors: [{ message: 'away' }] } });
    expect(await feed.next()).toMatchObject({ done: true });
    expect(Date.now() - began).toBeGreaterThanOrEqual(60_000);
    expect(tries.length).toBeLessThan(100);
  });

  it('gives up soon when it has never begun', async () => {
    const feed = open();
    for (let i = 0; i < 10; i += 1) {
      latest().listener.interrupted();
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(await feed.next()).toMatchObject({ value: { errors: [{ message: 'away' }] } });
    expect(started.length).toBeLessThan(6);
  });

  it('counts each outage for itself when it was quiet in between', async () => {
    const feed = open();
    give(1);
    for (let outage = 0; outage < 3; outage += 1) {
      latest().listener.interrupted();
      await vi.advanceTimersByTimeAsync(100_000);
    }
    give(2);
    expect([await feed.next(), await feed.next()].map(({ value }) => value)).toEqual([event(1), event(2)]);
  });

  it('does not begin again once it is closed', async () => {
    const feed = open();
    latest().listener.interrupted();
    await feed.return?.();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(started).toHaveLength(1);
  });
});

describe('a feed that is read too slowly', () => {
  it('stops listening when too much waits, and goes on where it stopped when all is read', async () => {
    const onInterruption = vi.fn();
    const feed = open({ onInterruption });
    give(1, 2, 3);
    expect(started[0]?.stopped).toBe(true);
    expect(onInterruption).toHaveBeenCalledExactlyOnceWith('behind');
    started[0]?.listener.event(event(4));
    await feed.next();
    await feed.next();
    expect(started).toHaveLength(1);
    expect((await feed.next()).value).toEqual(event(3));
    expect(started.map(({ position }) => position)).toEqual([undefined, 3]);
    give(4);
    expect((await feed.next()).value).toEqual(event(4));
  });

  it('begins with the present state where events have no position', async () => {
    const feed = open({ positionOf: () => undefined });
    give(1, 2, 3);
    for (let i = 0; i < 3; i += 1) await feed.next();
    expect(started.map(({ position }) => position)).toEqual([undefined, undefined]);
  });
});
