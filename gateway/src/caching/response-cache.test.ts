import type { ExecutionResult } from 'graphql';
import { pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestContext } from '../execution/request-context.ts';
import { createMetrics } from '../metrics.ts';
import type { CacheStore } from './cache-store.ts';
import type { Caching } from './caching.ts';
import { createMemoryStore } from './memory-store.ts';
import { createResponseCache } from './response-cache.ts';

const caching: Caching = {
  id: 'op',
  maxAge: 60,
  scope: 'PUBLIC',
  types: ['Book'],
  variables: [],
  tags: ['*', 'any:Book', 'all:Book'],
  dependenciesOf: () => ['*', 'all:Book', 'Book:["1"]'],
};
const book = { book: { id: '1' } };

let memory: CacheStore;
let isUp: boolean;
let hears: boolean;
const store: CacheStore = {
  isReady: () => isUp,
  read: (keys) => memory.read(keys),
  write: async (entries, seconds) => {
    if (!isUp) throw new Error('down');
    await memory.write(entries, seconds);
  },
  writeNew: (entries, seconds) => memory.writeNew(entries, seconds),
};
const newCache = () =>
  createResponseCache({
    store,
    keyOf: () => ['id'],
    hearsChanges: () => hears,
    logger: pino({ level: 'silent' }),
    metrics: createMetrics(),
  });
let cache: ReturnType<typeof newCache>;
beforeEach(() => {
  memory = createMemoryStore();
  isUp = true;
  hears = true;
  cache = newCache();
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Asks; answers what came, whether it had to be run, and the headers that go with it. */
const ask = async (result: ExecutionResult = { data: book }, from = cache, during = async () => {}) => {
  const run = vi.fn(async () => {
    await during();
    return result;
  });
  const answerHeaders: Record<string, string> = {};
  const context = {
    viewer: { id: null, roles: [], address: '' },
    traceparent: '',
    sessionHeaders: {},
    setCookies: [],
    parts: null,
    propagated: {},
    record: {} as RequestContext['record'],
    answerHeaders,
  };
  const answer = await from.answer(caching, {}, context, run);
  await settled();
  return { answer, ran: run.mock.calls.length > 0, answerHeaders };
};

describe('an answer', () => {
  it('is given again, with its age', async () => {
    expect(await ask()).toMatchObject({
      ran: true,
      answerHeaders: { 'cache-control': 'max-age=60, public' },
    });
    expect(await ask()).toEqual({
      answer: { data: book },
      ran: false,
      answerHeaders: { 'cache-control': 'max-age=60, public', vary: 'accept', age: '0' },
    });
  });

  it('with errors is never kept, and says so to nobody on the way', async () => {
    expect((await ask({ data: book, errors: [] as never })).answerHeaders).toEqual({});
    expect((await ask({ data: null })).answerHeaders).toEqual({});
    expect((await ask()).ran).toBe(true);
  });

  it('that is huge is not kept', async () => {
    await ask({ data: { book: { id: 'x'.repeat(300_000) } } });
    expect((await ask()).ran).toBe(true);
  });

  it.each([
    ['what it shows', [{ typename: 'Book', key: '1' }]],
    ['the type as a whole', [{ typename: 'Book', key: null }]],
  ])('is let go when %s changes', async (_what, changes) => {
    await ask();
    await cache.changed(changes);
    expect((await ask()).ran).toBe(true);
    expect((await ask()).ran).toBe(false);
  });

  it('stays when something else changes', async () => {
    await ask();
    await cache.changed([{ typename: 'Book', key: '2' }, { typename: 'Pen' }]);
    expect((await ask()).ran).toBe(false);
  });

  it('is let go on all gateways', async () => {
    await ask();
    expect((await ask(undefined, newCache())).ran).toBe(false);
    await newCache().changed([{ typename: 'Book', key: '1' }]);
    expect((await ask()).ran).toBe(true);
  });

  it('that was fetched while something changed is not kept', async () => {
    await ask();
    await cache.forgetAll();
    await ask(undefined, cache, () => cache.changed([{ typename: 'Book', key: '1' }]));
    expect((await ask()).ran).toBe(true);
  });

  it('does not outlive a stamp that the store let go', async () => {
    await ask();
    const [stamp] = await memory.read(['stamp:Book:["1"]']);
    expect(stamp).not.toBeNull();
    await memory.write({ 'stamp:Book:["1"]': 'x' }, 0);
    expect((await ask()).ran).toBe(true);
  });
});

describe('nothing that is kept is trusted', () => {
  it('while changes are not heard, or once they went unheard', async () => {
    await ask();
    hears = false;
    expect((await ask()).ran).toBe(true);
    hears = true;
    await cache.forgetAll();
    expect((await ask()).ran).toBe(true);
  });

  it('after a change that could not be noted, until that is made good', async () => {
    await ask();
    isUp = false;
    await cache.changed([{ typename: 'Book', key: '1' }]);
    expect((await ask()).ran).toBe(true);
    isUp = true;
    expect((await ask()).ran).toBe(true);
    expect((await ask()).ran).toBe(true);
    expect((await ask()).ran).toBe(false);
  });
});
