import { asId, asInstant } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { isTerminal, type OrderStatus } from '../domain/order.ts';
import { followOrder, type OrderFeed, type StatusChange } from './follow-order.ts';

const id = asId<'Order'>('order');
const buyer = { id: asId<'User'>('buyer'), readsAll: false };
const at = asInstant('2026-01-02T03:04:05.678Z');

/** Lets everything that can go on go on, as far as one turn of the event loop takes it. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** An order in memory that changes when told, and a feed on it. */
const liveOrder = () => {
  const history: StatusChange[] = [];
  const wakes = new Set<() => void>();
  const failures: unknown[] = [];
  const state = { readable: true, looks: 0, broken: false };
  const feed: OrderFeed = {
    look: async (_id, _onlooker, after) => {
      state.looks += 1;
      await turn();
      if (state.broken) throw new Error('the database is away');
      const last = history.at(-1);
      if (!state.readable || !last) return null;
      const changes = history.filter(({ sequence }) => sequence > (after ?? 0));
      return {
        status: last.status,
        version: last.sequence,
        changes: after === null ? changes.slice(-1) : changes,
      };
    },
    onWake: (_id, wake) => {
      wakes.add(wake);
      return () => wakes.delete(wake);
    },
    failed: (error) => failures.push(error),
  };
  const wakeAll = () => {
    for (const wake of [...wakes]) wake();
  };
  return {
    feed,
    state,
    failures,
    wakeAll,
    listeners: () => wakes.size,
    /** Sequences have gaps. */
    become: (...statuses: readonly OrderStatus[]) => {
      for (const status of statuses) history.push({ sequence: history.length * 2 + 1, status, at });
      wakeAll();
    },
  };
};

const open = async (feed: OrderFeed, after: number | null) => {
  const following = await followOrder(feed)(id, buyer, after);
  if (!following.ok) throw new Error(following.refusal);
  return following.changes;
};

const read = async (feed: OrderFeed, after: number | null, count = Number.POSITIVE_INFINITY) => {
  const seen: unknown[] = [];
  const changes = await open(feed, after);
  while (seen.length < count) {
    const { done, value } = await changes.next();
    if (done) break;
    seen.push(value.readable ? `${value.sequence} ${value.status}` : 'not readable');
  }
  await changes.return?.();
  return seen;
};

describe('following an order', () => {
  it('begins with the present state', async () => {
    const order = liveOrder();
    order.become('PENDING', 'RESERVED');
    expect(await read(order.feed, null, 1)).toEqual(['3 RESERVED']);
    expect(order.listeners()).toBe(0);
  });

  it('gives only what came after, none missed, none twice, wherever one resumes', async () => {
    const order = liveOrder();
    order.become('PENDING', 'RESERVED', 'CONFIRMED', 'SHIPPED', 'COMPLETED');
    const all = ['1 PENDING', '3 RESERVED', '5 CONFIRMED', '7 SHIPPED', '9 COMPLETED'];
    for (const after of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const expected = all.filter((change) => Number(change.split(' ')[0]) > after);
      expect(await read(order.feed, after)).toEqual(expected);
    }
  });

  it('gives each change as it comes and completes with the order', async () => {
    const order = liveOrder();
    order.become('PENDING');
    const reading = read(order.feed, null);
    for (const status of ['RESERVED', 'CONFIRMED', 'CANCELLED'] as const) {
      await turn();
      order.become(status);
      expect(isTerminal(status)).toBe(status === 'CANCELLED');
    }
    const seen = await reading;
    expect(seen.at(-1)).toBe('7 CANCELLED');
    expect(order.listeners()).toBe(0);
  });

  it('hears of a change that came while it was looking', async () => {
    const order = liveOrder();
    order.become('PENDING');
    const { look } = order.feed;
    let untilNews = 2;
    const feed: OrderFeed = {
      ...order.feed,
      look: async (...args) => {
        const glimpse = await look(...args);
        untilNews -= 1;
        if (untilNews === 0) order.become('RESERVED');
        return glimpse;
      },
    };
    const changes = await open(feed, null);
    expect((await changes.next()).value).toMatchObject({ status: 'PENDING' });
    const next = changes.next();
    order.wakeAll();
    expect((await next).value).toMatchObject({ status: 'RESERVED' });
    await changes.return?.();
  });

  it.each([
    ['while it began', () => undefined],
    ['before it was first asked', turn],
  ])('hears of a change that came %s', async (_, meanwhile) => {
    const order = liveOrder();
    order.become('PENDING');
    const opening = open(order.feed, 0);
    if (meanwhile === turn) await opening;
    order.become('RESERVED');
    const changes = await opening;
    expect((await changes.next()).value).toMatchObject({ status: 'PENDING' });
    expect((await changes.next()).value).toMatchObject({ status: 'RESERVED' });
    await changes.return?.();
  });

  it('looks once to begin', async () => {
    const order = liveOrder();
    order.become('PENDING');
    const changes = await open(order.feed, null);
    await changes.next();
    expect(order.state.looks).toBe(1);
    await changes.return?.();
  });

  it('does not begin for who may not look', async () => {
    const order = liveOrder();
    order.become('PENDING');
    order.state.readable = false;
    expect(await followOrder(order.feed)(id, buyer, null)).toEqual({ ok: false, refusal: 'NOT_FOUND' });
    expect(order.listeners()).toBe(0);
  });

  it('does not begin after what has not come', async () => {
    const order = liveOrder();
    order.become('PENDING');
    expect(await followOrder(order.feed)(id, buyer, 3)).toEqual({ ok: false, refusal: 'NOT_REACHED' });
    expect(order.listeners()).toBe(0);
  });

  it('does not begin with a look that failed', async () => {
    const order = liveOrder();
    order.become('PENDING');
    order.state.broken = true;
    await expect(open(order.feed, null)).rejects.toThrow('the database is away');
    expect(order.listeners()).toBe(0);
  });

  it('looks only when it is woken', async () => {
    const order = liveOrder();
    order.become('PENDING');
    const changes = await open(order.feed, null);
    await changes.next();
    const waiting = changes.next();
    for (let turns = 0; turns < 10; turns += 1) await turn();
    expect(order.state.looks).toBe(1);
    order.wakeAll();
    for (let turns = 0; turns < 10; turns += 1) await turn();
    expect(order.state.looks).toBe(2);
    await changes.return?.();
    await waiting;
  });

  it('stops at once when it is told to, though it waits', async () => {
    const order = liveOrder();
    order.become('PENDING');
    const changes = await open(order.feed, null);
    await changes.next();
    const waiting = changes.next();
    await changes.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(order.listeners()).toBe(0);
  });

  it('stops before it has begun', async () => {
    const order = liveOrder();
    order.become('PENDING');
    const changes = await open(order.feed, null);
    await changes.return?.();
    expect((await changes.next()).done).toBe(true);
    expect(order.listeners()).toBe(0);
  });

  it('answers several questions at once in order', async () => {
    const order = liveOrder();
    order.become('PENDING', 'RESERVED', 'FAILED');
    const changes = await open(order.feed, 0);
    const answers = await Promise.all([changes.next(), changes.next(), changes.next(), changes.next()]);
    expect(answers.map(({ done, value }) => (done ? 'done' : value.readable && value.sequence))).toEqual([
      1,
      3,
      5,
      'done',
    ]);
  });

  it('says so and ends when it may not look any more', async () => {
    const order = liveOrder();
    order.become('PENDING');
    const changes = await open(order.feed, null);
    await changes.next();
    order.state.readable = false;
    order.become('RESERVED');
    expect((await changes.next()).value).toEqual({ readable: false });
    expect((await changes.next()).done).toBe(true);
    expect(order.listeners()).toBe(0);
  });

  it('goes on after a look that failed', async () => {
    const order = liveOrder();
    order.become('PENDING');
    const changes = await open(order.feed, null);
    await changes.next();
    order.state.broken = true;
    const waiting = changes.next();
    order.become('RESERVED');
    while (order.failures.length === 0) await turn();
    order.state.broken = false;
    order.wakeAll();
    expect((await waiting).value).toMatchObject({ status: 'RESERVED' });
    await changes.return?.();
  });
});
