import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { variantsChanged } from '@emporium/contracts';
import {
  eventually,
  type TestDatabase,
  type TestNats,
  testDatabase,
  testKey,
  testNats,
} from '@emporium/testing';
import { v5 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestInventory, type TestInventory, variant } from './test-inventory.ts';

const sellerId = v5('seller@emporium.test', v5.URL);
const { open } = testKey();

let database: TestDatabase;
let nats: TestNats;
let inventory: TestInventory;
const children: ChildProcessByStdio<null, Readable, Readable>[] = [];

beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase('inventory'), testNats()]);
  inventory = createTestInventory(database);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await inventory.stop();
  await nats.stop();
});

const run = (entry: 'main' | 'seed', changed: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [`${import.meta.dirname}/../dist/${entry}.js`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PORT: '0',
      INVENTORY_DATABASE_URL: database.url,
      NATS_URL: nats.urls.inventory,
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
const patient = { timeout: 90_000 };

describe('the service', patient, () => {
  it('becomes ready, answers nobody but the gateway, and ends when told to', async () => {
    const { child, ended } = run('main');
    const url = `http://127.0.0.1:${await portOf(child)}`;
    await eventually(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200));
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
    });
    expect(answer.status).toBe(401);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, errors: '' });
  });

  it('names what is wrong with its environment', async () => {
    const { ended } = run('main', { INVENTORY_DATABASE_URL: 'nowhere', NATS_URL: '' });
    const { code, errors } = await ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/INVENTORY_DATABASE_URL.*\n.*NATS_URL|NATS_URL.*\n.*INVENTORY_DATABASE_URL/);
  });
});

describe('the seeds', patient, () => {
  it('stock the demonstration’s products once, though some are heard of late', async () => {
    const hear = (ids: string[]) =>
      inventory.hear(variantsChanged, { variants: ids.map((id) => variant(id, { sellerId })) });
    const first = run('seed');
    await hear(Array.from({ length: 30 }, (_, index) => `v${index}`));
    await hear(['late']);
    expect(await first.ended).toEqual({ code: 0, errors: '' });
    const stocked = () => inventory.prisma.stockLevel.count({ where: { available: { gt: 0 } } });
    expect(await stocked()).toBe(30);
    expect(await run('seed').ended).toEqual({ code: 0, errors: '' });
    expect(await inventory.prisma.movement.count()).toBe(30);
  });
});
