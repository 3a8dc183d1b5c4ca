import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../domain/actor.ts';
import type { StockLevel } from './ports.ts';
import { watchStock } from './watch-stock.ts';

const mug = asId<'Variant'>('mug');
const anybody: Actor = { id: null, isAdmin: false };
const seller: Actor = { id: 'seller', isAdmin: false };

const createWorld = (available: number, active = true) => {
  const listeners = new Set<() => void>();
  const level: { current: StockLevel | null } = {
    current: { variantId: mug, sellerId: asId<'User'>('seller'), active, available, backorderable: false },
  };
  let broken = false;
  const watch = watchStock({
    read: async () => {
      if (broken) throw new Error('the database does not answer');
      return new Map(level.current ? [[mug, level.current]] : []);
    },
    onStockChanged: (_variantId, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const ring = () => {
    for (const listener of listeners) listener();
  };
  return {
    listeners,
    ring,
    break: (isBroken: boolean) => {
      broken = isBroken;
    },
    change: (changed: Partial<StockLevel>) => {
      if (level.current) level.current = { ...level.current, ...changed };
      ring();
    },
    watch: async (actor: Actor = anybody) => {
      const feed = await watch(mug, actor);
      if (!feed) throw new Error('there should be a feed');
      return feed;
    },
    refused: (actor: Actor = anybody) => watch(mug, actor),
    forget: () => {
      level.current = null;
    },
  };
};

const item = { done: false, value: mug };
const end = { done: true, value: undefined };

/** Whether a promise is still open when everything that could settle it has had its turn. */
const isPending = async (promise: Promise<unknown>): Promise<boolean> => {
  const open = Symbol('open');
  const later = new Promise((resolve) => setImmediate(() => resolve(open)));
  return (await Promise.race([promise, later])) === open;
};

describe('a live stock', () => {
  it('begins with the present', async () => {
    const feed = await createWorld(3).watch();
    expect(await feed.next()).toEqual(item);
  });

  it('goes on when the stock changes, not when only the alarm rings', async () => {
    const world = createWorld(3);
    const feed = await world.watch();
    await feed.next();
    const next = feed.next();
    world.ring();
    expect(await isPending(next)).toBe(true);
    world.change({ available: 2 });
    expect(await next).toEqual(item);
  });

  it('makes one of many changes that nobody took', async () => {
    const world = createWorld(3);
    const feed = await world.watch();
    await feed.next();
    for (const available of [2, 1, 0]) world.change({ available });
    expect(await feed.next()).toEqual(item);
    expect(await isPending(feed.next())).toBe(true);
  });

  it('stops at once, even while somebody waits for the next', async () => {
    const world = createWorld(3);
    const feed = await world.watch();
    await feed.next();
    const waiting = [feed.next(), feed.next()];
    expect(await feed.return?.()).toEqual(end);
    expect(await Promise.all(waiting)).toEqual([end, end]);
    expect(await feed.next()).toEqual(end);
    expect(world.listeners.size).toBe(0);
  });

  it('outlives a database that does not answer', async () => {
    const world = createWorld(3);
    const feed = await world.watch();
    await feed.next();
    const next = feed.next();
    world.break(true);
    world.change({ available: 2 });
    expect(await isPending(next)).toBe(true);
    world.break(false);
    world.ring();
    expect(await next).toEqual(item);
  });

  it('ends for those who may no longer see the variant, and goes on for its seller', async () => {
    const world = createWorld(3);
    const [theirs, ours] = [await world.watch(), await world.watch(seller)];
    await Promise.all([theirs.next(), ours.next()]);
    const next = theirs.next();
    world.change({ active: false, available: 9 });
    expect(await next).toEqual(end);
    expect(await ours.next()).toEqual(item);
    expect(world.listeners.size).toBe(1);
  });

  it('is refused, and nobody listens, where there is nothing to see', async () => {
    const hidden = createWorld(3, false);
    expect(await hidden.refused()).toBeNull();
    expect(await hidden.refused({ id: 'stranger', isAdmin: false })).toBeNull();
    const unknown = createWorld(3);
    unknown.forget();
    expect(await unknown.refused({ id: 'admin', isAdmin: true })).toBeNull();
    expect(hidden.listeners.size + unknown.listeners.size).toBe(0);
  });

  it('stops listening when it cannot begin', async () => {
    const world = createWorld(3);
    world.break(true);
    await expect(world.refused()).rejects.toThrow('does not answer');
    expect(world.listeners.size).toBe(0);
  });
});
