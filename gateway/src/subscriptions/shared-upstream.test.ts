import { describe, expect, it } from 'vitest';
import { openSharedUpstream } from './shared-upstream.ts';
import { openSubscriber } from './subscriber.ts';

/** A feed that a test plays. */
const playedFeed = () => {
  const waiting: (string | null)[] = [];
  let reader: (() => void) | undefined;
  let closed = 0;
  const feed: AsyncIterableIterator<string> = {
    [Symbol.asyncIterator]: () => feed,
    next: async () => {
      while (waiting.length === 0)
        await new Promise<void>((resolve) => {
          reader = resolve;
        });
      const value = waiting.shift();
      return typeof value === 'string' ? { done: false, value } : { done: true, value: undefined };
    },
    return: async () => {
      closed += 1;
      return { done: true, value: undefined };
    },
  };
  return {
    feed,
    closed: () => closed,
    play: (...events: (string | null)[]) => {
      waiting.push(...events);
      reader?.();
    },
  };
};

const shared = (complete: (event: string) => Promise<string> = async (event) => event) => {
  const played = playedFeed();
  let ends = 0;
  const upstream = openSharedUpstream({
    open: () => played.feed,
    complete,
    positionOf: Number,
    onEnd: () => {
      ends += 1;
    },
  });
  const subscribe = () => openSubscriber({ join: upstream.join, maxWaiting: 100, resumes: false });
  return { ...played, subscribe, ends: () => ends };
};

describe('a shared upstream', () => {
  it('completes each event once for all, and ends for all', async () => {
    const completed: string[] = [];
    const { play, subscribe, ends } = shared(async (event) => {
      completed.push(event);
      return event;
    });
    const all = [subscribe(), subscribe(), subscribe()];
    play('1', null);
    for (const one of all) {
      expect((await one.next()).value).toBe('1');
      expect((await one.next()).done).toBe(true);
    }
    expect(completed).toEqual(['1']);
    expect(ends()).toBe(1);
  });

  it('gives the last event anew to who joins later, and then what follows, in order', async () => {
    let version = 'old';
    let release = (): void => {};
    let held: Promise<void> = Promise.resolve();
    const { play, subscribe } = shared(async (event) => {
      const seen = version;
      await held;
      return `${event} ${seen}`;
    });
    const early = subscribe();
    play('1');
    expect((await early.next()).value).toBe('1 old');
    version = 'new';
    held = new Promise((resolve) => {
      release = resolve;
    });
    const late = subscribe();
    const later = subscribe();
    release();
    play('2');
    for (const one of [late, later]) {
      expect((await one.next()).value).toBe('1 new');
      expect((await one.next()).value).toBe('2 new');
    }
    expect((await early.next()).value).toBe('2 new');
  });

  it('is closed by the last who leaves, and only by that one', async () => {
    const { subscribe, closed, ends } = shared();
    const [one, other] = [subscribe(), subscribe()];
    await one.return?.();
    expect(closed()).toBe(0);
    await other.return?.();
    expect(closed()).toBe(1);
    expect(ends()).toBe(1);
  });
});
