import { connectRedis } from '@emporium/redis';
import { createLogger } from '@emporium/subgraph';
import { eventually, type TestRedis, testRedis } from '@emporium/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createShared } from './shared.ts';

type Thing = { readonly text: string };
const silent = createLogger('products', 'silent');
const options = { commandTimeout: 2_000, without: 'nothing is kept' };

describe('what replicas share in Redis', () => {
  let server: TestRedis;
  let redis: Redis;
  let stored: Map<string, Thing>;
  let reads: string[];
  let gate: Promise<void>;
  beforeAll(async () => {
    server = await testRedis();
    redis = connectRedis(server.url, silent, options);
    await eventually(() => redis.status === 'ready');
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });
  beforeEach(async () => {
    await redis.flushall();
    stored = new Map([
      ['a', { text: 'old' }],
      ['b', { text: 'bee' }],
    ]);
    reads = [];
    gate = Promise.resolve();
  });
  const replica = (connection = redis) =>
    createShared<Thing>(
      connection,
      'test',
      async (keys) => {
        reads.push(...keys);
        const found = new Map(
          keys.flatMap((key) => (stored.has(key) ? [[key, stored.get(key) as Thing]] : [])),
        );
        await gate;
        return found;
      },
      60_000,
    );
  const isKept = (key: string) => eventually(async () => ((await redis.get(`test:${key}`)) ?? '') !== '');
  const textOf = async (shared: ReturnType<typeof replica>, key: string) =>
    (await shared.get([key])).get(key)?.text;

  it('is read once for all of them', async () => {
    expect(await textOf(replica(), 'a')).toBe('old');
    await isKept('a');
    expect(await replica().get(['a', 'b', 'none'])).toEqual(stored);
    expect(reads).toEqual(['a', 'b', 'none']);
  });

  it('is read anew once one of them forgets it, or all', async () => {
    await textOf(replica(), 'a');
    await isKept('a');
    stored.set('a', { text: 'new' });
    await replica().forget(['a']);
    expect(await textOf(replica(), 'a')).toBe('new');
    await textOf(replica(), 'b');
    await isKept('b');
    stored.set('b', { text: 'newer' });
    await replica().forgetAll();
    expect(await textOf(replica(), 'b')).toBe('newer');
  });

  it.each([
    ['by itself', (shared: ReturnType<typeof replica>) => shared.forget(['a'])],
    ['with all', (shared: ReturnType<typeof replica>) => shared.forgetAll()],
  ])('is never what was read before it was forgotten %s', async (_, forget) => {
    await textOf(replica(), 'b');
    await isKept('b');
    const slow = replica();
    let finish = () => {};
    gate = new Promise((resolve) => {
      finish = resolve;
    });
    const reading = textOf(slow, 'a');
    await eventually(() => reads.includes('a'));
    stored.set('a', { text: 'new' });
    await forget(replica());
    finish();
    expect(await reading).toBe('old');
    // A later command of the same connection is answered after what it wrote behind our back.
    await redis.ping();
    expect(await textOf(replica(), 'a')).toBe('new');
  });

  it('is read each time without Redis', async () => {
    const lost = connectRedis('redis://127.0.0.1:1', silent, options);
    try {
      const shared = replica(lost);
      expect(await textOf(shared, 'a')).toBe('old');
      stored.set('a', { text: 'new' });
      await shared.forget(['a']);
      await shared.forgetAll();
      expect(await textOf(shared, 'a')).toBe('new');
    } finally {
      lost.disconnect();
    }
  });
});
