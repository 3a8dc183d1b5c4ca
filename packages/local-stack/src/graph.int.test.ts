import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withClient } from '@emporium/database';
import { eventually, serverFolder } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Graph, startGraph } from './graph.ts';
import { isOurs, readPidFiles } from './processes/pid-file.ts';
import { stubClone } from './testing/stub-clone.ts';

const newFolder = () => serverFolder('graph');
const running = (dataFolder: string) => readPidFiles(path.join(dataFolder, 'run')).filter(isOurs);
const ask = async (url: string) => (await fetch(url)).json() as Promise<{ pid: number; names: string[] }>;

describe('a graph', () => {
  const dataFolder = newFolder();
  const seededFile = path.join(dataFolder, 'seeded');
  const told = { SEEDED_FILE: seededFile };
  const extraEnv = { users: told, products: told, gateway: told };
  const root = stubClone(serverFolder('stub'));
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph({ dataFolder, root, seed: true, extraEnv });
  });
  afterAll(() => graph.stop());

  it('tells each service its own secrets and nobody else’s', async () => {
    const secretsOf = async (name: keyof Graph['urls']) => (await ask(graph.urls[name])).names.sort();
    expect(await secretsOf('orders')).toEqual([
      'CARD_TOKEN_PUBLIC_KEY',
      'NATS_URL',
      'ORDERS_DATABASE_URL',
      'REDIS_URL',
    ]);
    expect(await secretsOf('users')).toEqual([
      'ACCESS_TOKEN_SIGNING_KEY',
      'DATA_KEYS',
      'NATS_URL',
      'REDIS_URL',
      'USERS_DATABASE_URL',
    ]);
    expect(await secretsOf('payments')).toEqual([
      'CARD_PROVIDER_URL',
      'CARD_TOKEN_KEYS',
      'DATA_KEYS',
      'NATS_URL',
      'PAYMENTS_DATABASE_URL',
    ]);
    expect(await secretsOf('gateway')).toEqual(['INTERNAL_SIGNING_KEY', 'NATS_URL', 'REDIS_URL']);
    expect(await secretsOf('card-sandbox')).toEqual([]);
  });

  it('seeds in order, while the subgraphs are up, and opens the gateway after that', () => {
    const happened = readFileSync(seededFile, 'utf8').trim().split('\n');
    expect(happened.slice(0, 2).toSorted()).toEqual(['products serves', 'users serves']);
    expect(happened.slice(2, 5)).toEqual(['users', 'products', 'gateway serves']);
  });

  it('lets a service be killed and started again where it was', async () => {
    const before = await ask(graph.urls.users);
    await graph.kill('users');
    await expect(fetch(graph.urls.users)).rejects.toThrow();
    await graph.restart('users');
    expect((await ask(graph.urls.users)).pid).not.toBe(before.pid);
  });

  it('lets a server be killed and started again with its data', async () => {
    const { admin } = graph.parts.database;
    await withClient(admin, (client) => client.query('CREATE TABLE public.kept AS SELECT 42 AS answer'));
    await graph.kill('postgres');
    await graph.restart('postgres');
    const { rows } = await withClient(admin, (client) => client.query('SELECT answer FROM public.kept'));
    expect(rows).toEqual([{ answer: 42 }]);
  });
});

describe('a graph that ends', () => {
  it('stops its services in order and leaves no process', async () => {
    const dataFolder = newFolder();
    const graph = await startGraph({ dataFolder, root: stubClone(serverFolder('stub')) });
    expect(running(dataFolder)).toHaveLength(10);
    await graph.stop();
    expect(running(dataFolder)).toEqual([]);
    expect(readFileSync(graph.logFile('orders'), 'utf8')).toContain('stopped in order');
  });

  it('leaves no process when a service never becomes ready, and shows that service’s log', async () => {
    const dataFolder = newFolder();
    const root = stubClone(serverFolder('stub'));
    writeFileSync(
      path.join(root, 'subgraphs/orders/dist/main.js'),
      "console.log('no table'); process.exit(1);",
    );
    await expect(startGraph({ dataFolder, root })).rejects.toThrow(
      /orders stopped right after its start.*no table/s,
    );
    expect(running(dataFolder)).toEqual([]);
  });

  it('leaves no process after a kill -9, and begins anew where it was', async () => {
    const dataFolder = newFolder();
    const root = stubClone(serverFolder('stub'));
    const script = `
      const { startGraph } = await import(${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'graph.ts')).href)});
      await startGraph(${JSON.stringify({ dataFolder, root })});
      (await import('node:fs')).writeFileSync(${JSON.stringify(path.join(dataFolder, 'up'))}, '');`;
    const first = execFile(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script]);
    await eventually(() => existsSync(path.join(dataFolder, 'up')), { timeout: 60_000 });
    first.kill('SIGKILL');
    const orphans = running(dataFolder);
    expect(orphans).toHaveLength(10);
    await eventually(() => orphans.every((orphan) => !isOurs(orphan)), { timeout: 30_000 });

    const graph = await startGraph({ dataFolder, root });
    await graph.stop();
    expect(running(dataFolder)).toEqual([]);
  });
});
