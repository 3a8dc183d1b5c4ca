import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  eventually,
  type TestDatabase,
  type TestNats,
  type TestRedis,
  testDatabase,
  testKey,
  testNats,
  testRedis,
} from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedProducts } from './seed-data.ts';
import { openShop, type Shop } from './test-shop.ts';

const { open } = testKey();

let database: TestDatabase;
let nats: TestNats;
let redis: TestRedis;
let shop: Shop;
const children: ChildProcessByStdio<null, Readable, Readable>[] = [];

beforeAll(async () => {
  [database, nats, redis] = await Promise.all([testDatabase('products'), testNats(), testRedis()]);
  shop = await openShop(database.url);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await shop.close();
  await nats.stop();
  await redis.stop();
});

const run = (entry: 'main' | 'seed', changed: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [`${import.meta.dirname}/../dist/${entry}.js`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PORT: '0',
      PRODUCTS_DATABASE_URL: database.url,
      NATS_URL: nats.urls.products,
      REDIS_URL: redis.url,
      INTERNAL_JWKS: JSON.stringify({ keys: [open] }),
      ...changed,
    },
  });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  return { child, ended: once(child, 'exit').then(([code]) => ({ code, errors })) };
};

/** The port that the service says it serves on. */
const portOf = async ({ stdout }: { readonly stdout: Readable }): Promise<number> => {
  for await (const line of createInterface({ input: stdout })) {
    const { port } = JSON.parse(line) as { port?: number };
    if (port) return port;
  }
  throw new Error('the service ended before it served');
};

/** Starting a process takes seconds where everything else is being tested at once. */
describe('the service', { timeout: 90_000 }, () => {
  it('sends what the seeds left, answers nobody but the gateway, and ends when told to', async () => {
    expect(await run('seed').ended).toEqual({ code: 0, errors: '' });
    const variants = seedProducts.flatMap((product) => product.variants);
    expect((await shop.told()).flat()).toHaveLength(variants.length);

    const { child, ended } = run('main');
    const url = `http://127.0.0.1:${await portOf(child)}`;
    await eventually(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200));
    await eventually(async () =>
      expect(await shop.prisma.outboxMessage.count({ where: { publishedAt: null } })).toBe(0),
    );
    for (const query of ['{ _service { sdl } }', '{ products { edges { cursor } } }']) {
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      expect(answer.status).toBe(401);
      expect(await answer.json()).not.toHaveProperty('data');
    }
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, errors: '' });
  });

  it('names what is wrong with its environment', async () => {
    const { code, errors } = await run('main', { PRODUCTS_DATABASE_URL: 'nowhere', NATS_URL: '' }).ended;
    expect(code).toBe(1);
    expect(errors).toContain('PRODUCTS_DATABASE_URL');
    expect(errors).toContain('NATS_URL');
  });
});
