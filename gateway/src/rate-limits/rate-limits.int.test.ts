import { type TestRedis, testRedis } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../testing/eventually.ts';
import { type SlowServer, startSlowServer } from '../testing/slow-server.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let redis: TestRedis;
let gateway: TestGateway;
let replica: TestGateway;
const limits = {
  TRUST_PROXY: '1',
  LIMIT_REQUESTS_PER_MINUTE: '6',
  LIMIT_OPERATIONS_PER_MINUTE: '4',
  LIMIT_STRICT_FIELDS_PER_MINUTE: '5',
  STRICT_FIELDS: 'signIn',
  MAX_ALIASES: '100',
  MAX_ROOT_FIELDS: '100',
  MAX_STRICT_FIELDS: '60',
};
beforeAll(async () => {
  redis = await testRedis();
  const env = { ...limits, REDIS_URL: redis.url };
  [gateway, replica] = await Promise.all([startTestGateway(env), startTestGateway(env)]);
  // Readiness asks the subgraphs, too; a test counts what they are asked.
  await vi.waitUntil(async () => (await fetch(`${gateway.url}/health/ready`)).ok, { timeout: 15_000 });
});
afterAll(async () => {
  await Promise.all([gateway.stop(), replica.stop()]);
  await redis.stop();
});

let addresses = 0;
/** A client that nobody has counted yet. */
const newcomer = () => ({ 'x-forwarded-for': `203.0.113.${++addresses}` });
const statuses = async (times: number, ask: (time: number) => Promise<{ status: number }>) => {
  const found: number[] = [];
  for (let time = 0; time < times; time += 1) found.push((await ask(time)).status);
  return found;
};
const logins = (times: number) =>
  `mutation { ${Array.from({ length: times }, (_, n) => `a${n}: signIn(name: "x")`).join(' ')} }`;

describe('requests from one address', () => {
  it('are limited, whatever they hold, and told when to come back', async () => {
    const from = newcomer();
    const post = (body: string) =>
      fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { ...from, 'content-type': 'application/json' },
        body,
      });
    const found = await statuses(8, (time) =>
      post(time % 2 === 0 ? '{"query":' : '{"query":"{__typename}"}'),
    );
    expect(found).toEqual([400, 200, 400, 200, 400, 200, 429, 429]);
    const refused = await post('{"query":"{__typename}"}');
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(50);
    expect(await refused.json()).toEqual({
      errors: [
        {
          message: `Too many requests. Try again in ${retryAfter} s.`,
          extensions: { code: 'RATE_LIMITED', retryAfter },
        },
      ],
    });
    expect((await gateway.ask('{ __typename }', newcomer())).status).toBe(200);
    expect((await fetch(`${gateway.url}/health/live`, { headers: from })).status).toBe(200);
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toMatch(
      /gateway_rate_limited_total\{limit="requests"\} [1-9]/,
    );
  });

  it('are counted by all gateways together', async () => {
    const from = newcomer();
    await statuses(5, () => gateway.ask('{ __typename }', from));
    await eventually(async () => (await replica.ask('{ __typename }', from)).status).toBe(429);
    await eventually(async () => (await gateway.ask('{ __typename }', from)).status).toBe(429);
  });

  it('are sockets, too, and what is asked over them', async () => {
    const from = newcomer();
    const client = gateway.connect({}, from);
    const ask = () =>
      new Promise<unknown>((resolve) =>
        client.subscribe(
          { query: '{ __typename }' },
          { next: ({ data }) => resolve(data), error: resolve, complete: () => {} },
        ),
      );
    for (let time = 0; time < 5; time += 1) expect(await ask()).toEqual({ __typename: 'Query' });
    expect(await ask()).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);

    const refused = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: from,
    });
    const message = await new Promise<string>((resolve) =>
      refused.once('error', (error) => resolve(error.message)),
    );
    expect(message).toContain('429');
  });
});

describe('operations of one viewer', () => {
  it('are limited, from wherever they come', async () => {
    const authorization = `Bearer ${await gateway.accessToken('ada')}`;
    const found = await statuses(6, () => gateway.ask('{ me { id } }', { authorization, ...newcomer() }));
    expect(found).toEqual([200, 200, 200, 200, 429, 429]);
    const { body, headers } = await gateway.ask('{ me { id } }', { authorization, ...newcomer() });
    expect(body.errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
  });
});

describe('strict fields', () => {
  it('count each, under whatever alias; none is executed beyond the limit', async () => {
    gateway.accounts.requests.length = 0;
    const from = newcomer();
    const { status, body } = await gateway.ask(logins(60), from);
    expect(status).toBe(429);
    expect(body.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' });
    expect(gateway.accounts.requests).toHaveLength(0);
    expect((await gateway.ask(logins(1), from)).status).toBe(429);
    expect((await gateway.ask('mutation { refresh }', from)).status).toBe(200);
  });

  it('are counted by all gateways together, at once', async () => {
    const from = newcomer();
    expect((await gateway.ask(logins(3), from)).status).toBe(200);
    expect((await replica.ask(logins(2), from)).status).toBe(200);
    expect((await gateway.ask(logins(1), from)).status).toBe(429);
    expect((await replica.ask(logins(1), from)).status).toBe(429);
  });

  it('are counted over sockets', async () => {
    const client = gateway.connect({}, newcomer());
    const result = await new Promise((resolve) =>
      client.subscribe({ query: logins(6) }, { next: resolve, error: resolve, complete: () => {} }),
    );
    expect(result).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  });
});

describe('an operation with many strict fields', () => {
  it('is refused before any of them runs or is counted', async () => {
    const careful = await startTestGateway({ ...limits, MAX_STRICT_FIELDS: '', REDIS_URL: redis.url });
    careful.accounts.requests.length = 0;
    const from = newcomer();
    const aliased = logins(6);
    const spread =
      'mutation { ...F a: signIn(name: "x") } fragment F on Mutation { b: signIn(name: "x") c: signIn(name: "x") d: signIn(name: "x") e: signIn(name: "x") f: signIn(name: "x") }';
    for (const source of [aliased, spread]) {
      const { status, body } = await careful.ask(source, from);
      expect(status).toBe(400);
      expect(body.errors[0]).toMatchObject({
        message: expect.stringContaining('at most 5 fields'),
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    expect(careful.accounts.requests).toHaveLength(0);
    expect((await careful.ask(logins(5), from)).status).toBe(200);
    await careful.stop();
  });

  it('is refused where they are not counted, too', async () => {
    const careful = await startTestGateway({
      ...limits,
      MAX_STRICT_FIELDS: '2',
      LIMIT_STRICT_FIELDS_PER_MINUTE: '0',
    });
    expect((await careful.ask(logins(3))).status).toBe(400);
    expect((await careful.ask(logins(2))).status).toBe(200);
    await careful.stop();
  });
});

describe('while Redis is busy', () => {
  let slow: SlowServer;
  let waiting: TestGateway;
  beforeAll(async () => {
    const url = new URL(redis.url);
    slow = await startSlowServer(Number(url.port), 250);
    url.port = String(slow.port);
    waiting = await startTestGateway({ ...limits, REDIS_URL: url.href });
  });
  afterAll(async () => {
    await waiting.stop();
    await slow.stop();
  });

  it('strict fields wait for it', async () => {
    expect((await waiting.ask(logins(1), newcomer())).status).toBe(200);
  });
});

describe('while Redis is away', () => {
  let alone: TestGateway;
  beforeAll(async () => {
    alone = await startTestGateway({ ...limits, REDIS_URL: 'redis://127.0.0.1:1' });
  });
  afterAll(() => alone.stop());

  it('strict fields are closed', async () => {
    const { status, body, headers } = await alone.ask(logins(1), newcomer());
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('1');
    expect(body.errors[0]?.extensions).toEqual({ code: 'RATE_LIMIT_UNAVAILABLE' });
  });

  it('all else is open, and limited by what this gateway counts', async () => {
    const from = newcomer();
    const found = await statuses(8, () => alone.ask('{ parcel(id: "p1") { weight } }', from));
    expect(found).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
  });
});
