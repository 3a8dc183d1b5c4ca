import { type TestNats, type TestRedis, testNats, testRedis } from '@emporium/testing';
import { connect, type NatsConnection } from 'nats';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { startTestGateway, type TestGateway } from './testing/test-gateway.ts';

let nats: TestNats;
let redis: TestRedis;
let publisher: NatsConnection;
let gateway: TestGateway;
beforeAll(async () => {
  [nats, redis] = await Promise.all([testNats(), testRedis()]);
  gateway = await startTestGateway({ NATS_URL: nats.urls.gateway, REDIS_URL: redis.url });
  publisher = await connectTo(nats.url);
});
afterAll(async () => {
  await publisher.close();
  await gateway.stop();
  await Promise.all([nats.stop(), redis.stop()]);
});

const connectTo = (url: string) => {
  const { host, username, password } = new URL(url);
  return connect({
    servers: host,
    user: username,
    pass: password,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 50,
  });
};
const tell = async (fact: string, message: object): Promise<void> => {
  publisher.publish(`emporium.anyone.${fact}.v1`, JSON.stringify(message));
  await publisher.flush();
};
const bearer = async (subject: string, issuedAt = new Date()) => ({
  authorization: `Bearer ${await gateway.accessToken(subject, { issuedAt })}`,
});
const timesAsked = () => gateway.weights.requests.length;

/** What a client sees, and whether a subgraph was asked for it. */
const look = async (query: string, headers: Record<string, string> = {}) => {
  const before = timesAsked();
  const { body, headers: answered } = await gateway.ask(query, headers);
  return { data: body.data, asked: timesAsked() > before, headers: answered };
};
/** Asks until the answer is kept. */
const keep = (query: string, headers: Record<string, string> = {}) =>
  eventually(async () => (await look(query, headers)).asked).toBe(false);

it('is not read from a Redis to which nobody is connected yet', () =>
  // One that is connected may be late with its answer on a busy machine.
  expect(
    gateway.logs.filter((line) => line.includes('could not be read') && !line.includes('timed out')),
  ).toEqual([]));

describe('an answer that may be kept', () => {
  const query = '{ scale(id: "s1") { id shows } }';
  beforeEach(() => {
    gateway.scales.shows += 1;
    return tell('cache-invalidated', { typename: 'Scale' });
  });

  it('is kept for everybody, and tells those on the way for how long', async () => {
    await keep(query);
    const { data, asked, headers } = await look(query, await bearer('ada'));
    expect({ data, asked }).toEqual({
      data: { scale: { id: 's1', shows: gateway.scales.shows } },
      asked: false,
    });
    expect(headers.get('cache-control')).toBe('max-age=60, public');
    expect(headers.get('vary')).toBe('origin, accept');
    expect(Number(headers.get('age'))).toBeGreaterThanOrEqual(0);
    const { text } = await fetch(`${gateway.url}/metrics`).then(async (answer) => ({
      text: await answer.text(),
    }));
    expect(text).toMatch(/gateway_response_cache_total\{outcome="hit"\} [1-9]/);
  });

  it('is fresh within a second of the news that it has changed', async () => {
    await keep(query);
    gateway.scales.shows += 1;
    await tell('cache-invalidated', { typename: 'Scale', key: 's2' });
    expect((await look(query)).asked).toBe(false);
    const toldAt = Date.now();
    await tell('cache-invalidated', { id: 'e1', payload: { changed: [{ typename: 'Scale', key: 's1' }] } });
    await eventually(async () => (await look(query)).data.scale?.shows).toBe(gateway.scales.shows);
    expect(Date.now() - toldAt).toBeLessThan(1_000);
  });

  it('shows at once what a mutation answered', async () => {
    await keep(query);
    await gateway.ask('mutation { putOn(scale: "s1", weight: 5) { id } }');
    expect((await look(query)).data.scale?.shows).toBe(gateway.scales.shows);
  });

  it('is shown to nobody else where it is private', async () => {
    const mine = '{ myScale { id } }';
    const [ada, bob] = [await bearer('ada'), await bearer('bob')];
    for (const headers of [ada, bob, {}]) await keep(mine, headers);
    expect(await look(mine, ada)).toMatchObject({ data: { myScale: { id: 'ada' } }, asked: false });
    expect(await look(mine, bob)).toMatchObject({ data: { myScale: { id: 'bob' } }, asked: false });
    const { data, headers } = await look(mine);
    expect(data).toEqual({ myScale: { id: 'nobody' } });
    expect(headers.get('cache-control')).toBe('max-age=60, private');
    expect(headers.get('vary')).toBe('origin, accept, authorization, cookie');
  });

  it('is asked for anew when it came with an error', async () => {
    gateway.weights.answer = { status: 500, contentType: 'text/html', body: '' };
    const { headers } = await look(query);
    expect(headers.get('cache-control')).toBe('private, no-store');
    gateway.weights.answer = null;
    expect((await look(query)).data).toEqual({ scale: { id: 's1', shows: gateway.scales.shows } });
  });

  it('is not to be trusted once news may have been missed', async () => {
    await keep(query);
    await nats.stop('SIGKILL');
    await eventually(async () => (await look(query)).asked).toBe(true);
    expect((await look(query)).asked).toBe(true);
    gateway.scales.shows += 1;
    await nats.restart();
    await keep(query);
    expect((await look(query)).data.scale?.shows).toBe(gateway.scales.shows);
  });
});

describe('an answer that may not be kept', () => {
  it('says so', async () => {
    const { headers } = await look('{ parcel(id: "p1") { id weight } }');
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('age')).toBeNull();
  });
});

describe('a session that has ended', () => {
  const me = '{ me { id } }';

  it('is refused, though its token was known and has not expired; a newer one is not', async () => {
    const old = await bearer('eve', new Date(Date.now() - 60_000));
    expect((await gateway.ask(me, old)).body.data).toEqual({ me: { id: 'eve' } });
    await tell('sessions-revoked', {
      subject: 'eve',
      notBefore: new Date(Date.now() - 30_000).toISOString(),
    });
    await eventually(async () => (await gateway.ask(me, old)).status).toBe(401);
    expect((await gateway.ask(me, old)).body.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await gateway.ask(me, await bearer('eve'))).body.data).toEqual({ me: { id: 'eve' } });
  });

  it('loses its sockets, and nobody else’s', async () => {
    const open = async (subject: string, issuedAt: Date) => {
      const { authorization } = await bearer(subject, issuedAt);
      const client = gateway.connect({ authorization });
      const closed: number[] = [];
      client.on('closed', (event) => void closed.push((event as { code: number }).code));
      const events = client.iterate({ query: 'subscription { parcelMoved(id: "p1") { sequence } }' });
      gateway.moves.add('SEEN');
      await events.next();
      return { closed, ended: events.next().catch(() => 'ended') };
    };
    const before = new Date(Date.now() - 60_000);
    const [old, renewed, other] = [
      await open('mallory', before),
      await open('mallory', new Date()),
      await open('zoe', before),
    ];
    await tell('sessions-revoked', { subject: 'mallory', notBefore: Math.floor(Date.now() / 1000) - 30 });
    await eventually(() => old.closed).toEqual([4403]);
    expect([renewed.closed, other.closed]).toEqual([[], []]);
  });

  it('is known to a gateway that starts later', async () => {
    await tell('sessions-revoked', { subject: 'trudy', notBefore: new Date().toISOString() });
    await eventually(async () => (await gateway.ask(me, await bearer('trudy', new Date(0)))).status).toBe(
      401,
    );
    const later = await startTestGateway({ REDIS_URL: redis.url });
    try {
      await eventually(async () => {
        const token = await later.accessToken('trudy', { issuedAt: new Date(0) });
        return (await later.ask(me, { authorization: `Bearer ${token}` })).status;
      }).toBe(401);
    } finally {
      await later.stop();
    }
  });
});

describe('a gateway whose Redis and NATS are away', () => {
  it('answers all the same, keeps nothing, and says once of each that it is away', async () => {
    const without = await startTestGateway({
      REDIS_URL: 'redis://127.0.0.1:1',
      NATS_URL: 'nats://127.0.0.1:1',
    });
    try {
      for (let times = 1; times <= 3; times += 1) {
        const { status, body } = await without.ask('{ scale(id: "s1") { shows } }');
        expect({ status, data: body.data }).toEqual({ status: 200, data: { scale: { shows: 0 } } });
        expect(without.weights.requests.filter(({ body }) => body.includes('scale'))).toHaveLength(times);
      }
      await eventually(() => without.logs.filter((line) => line.includes('does not answer')).length).toBe(
        2,
      );
    } finally {
      await without.stop();
    }
  });
});

describe('news that is not understood', () => {
  it('is logged, and harms nothing', async () => {
    publisher.publish('emporium.anyone.cache-invalidated.v1', 'not json');
    await tell('sessions-revoked', { subject: 1 });
    await eventually(
      () => gateway.logs.filter((line) => line.includes('not understood')).length,
    ).toBeGreaterThan(1);
    expect((await gateway.ask('{ __typename }')).status).toBe(200);
  });
});
