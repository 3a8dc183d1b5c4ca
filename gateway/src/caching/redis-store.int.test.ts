import { testRedis } from '@emporium/testing';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { connectRedis } from '../redis.ts';
import { eventually } from '../testing/eventually.ts';
import { createRedisStore } from './redis-store.ts';

const open: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const start = async () => {
  const server = await testRedis();
  const redis = connectRedis(server.url, pino({ level: 'silent' }), 500);
  open.push(() => redis.disconnect(), server.stop);
  const store = createRedisStore(redis);
  await eventually(() => store.isReady()).toBe(true);
  return { redis, store };
};

describe('a cache in Redis', () => {
  it('keeps everything for a time', async () => {
    const { redis, store } = await start();
    await store.write({ a: '1', b: '2' }, 10);
    expect(await store.writeNew({ c: '3' }, 20)).toBe(true);
    expect(await store.writeNew({ a: 'x', d: '4' }, 20)).toBe(false);
    expect(await store.writeNew({}, 20)).toBe(true);
    expect(await store.read(['a', 'b', 'c', 'd', 'e'])).toEqual(['1', '2', '3', '4', null]);
    for (const key of await redis.keys('*')) expect(await redis.ttl(key)).toBeGreaterThan(0);
  });

  it('is left alone for a second after it did not answer', async () => {
    let now = 0;
    const hanging = { status: 'ready', mget: () => Promise.reject(new Error('Command timed out')) };
    const store = createRedisStore(hanging as unknown as Redis, () => now);
    await expect(store.read(['a'])).rejects.toThrow('timed out');
    expect(store.isReady()).toBe(false);
    now = 1_000;
    expect(store.isReady()).toBe(true);
  });

  it('is not ready while Redis is away, and keeps nobody waiting', async () => {
    const { redis, store } = await start();
    redis.disconnect();
    await eventually(() => store.isReady()).toBe(false);
    await expect(store.read(['a'])).rejects.toThrow();
    await expect(store.write({ a: '1' }, 10)).rejects.toThrow();
  });
});
