import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { compose } from '../testing/compose.ts';
import { eventually } from '../testing/eventually.ts';
import { held } from '../testing/held.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await vi.waitUntil(async () => (await fetch(`${gateway.url}/health/ready`)).ok, { timeout: 15_000 });
});
afterAll(() => gateway.stop());
afterEach(() => reload(gateway.supergraphSdl));

const withWeight = '{ parcel(id: "p1") { id weight } }';
const composed = (...names: ('accounts' | 'parcels' | 'weights')[]): string =>
  compose(names.map((name) => gateway[name]));
const reload = (sdl: string) => gateway.gateway.reload(sdl);
const reloads = async (outcome: string): Promise<number> => {
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  const counted = new RegExp(`gateway_supergraph_reloads_total\\{outcome="${outcome}"\\} (\\d+)`).exec(
    metrics,
  );
  return Number(counted?.[1] ?? 0);
};

describe('a new supergraph', () => {
  it('is served from then on, and pages for people follow', async () => {
    const before = await reloads('served');
    await reload(composed('accounts', 'parcels'));
    const { status, body } = await gateway.ask(withWeight);
    expect(status).toBe(400);
    expect(body.errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await gateway.ask('{ parcel(id: "p1") { id } }')).body.data.parcel).toEqual({ id: 'p1' });

    await reload(composed('accounts'));
    expect(await (await fetch(gateway.url)).text()).not.toContain('parcelMoved');
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);

    await reload(gateway.supergraphSdl);
    expect((await gateway.ask(withWeight)).body.data.parcel).toEqual({ id: 'p1', weight: 2 });
    expect(await reloads('served')).toBe(before + 3);
  });

  it('says where subgraphs have moved', async () => {
    await reload(gateway.supergraphSdl.replace(gateway.weights.url, 'http://127.0.0.1:1/graphql'));
    const { body } = await gateway.ask(withWeight);
    expect(body.data.parcel).toEqual({ id: 'p1', weight: null });
    expect(body.errors[0]?.extensions.serviceName).toBe('weights');
    await reload(gateway.supergraphSdl);
    expect((await gateway.ask(withWeight)).body.data.parcel).toEqual({ id: 'p1', weight: 2 });
  });

  it('is not for requests under way: they end on the graph that they began on', async () => {
    const { until, release } = held();
    gateway.parcels.gate = until;
    gateway.parcels.requests.length = 0;
    const underWay = gateway.ask(withWeight);
    await eventually(() => gateway.parcels.requests.length).toBe(1);
    await reload(composed('accounts', 'parcels'));
    release();
    expect((await underWay).body).toEqual({ data: { parcel: { id: 'p1', weight: 2 } } });
  });

  it('is not for live subscriptions: they go on as they were, on the same connection', async () => {
    const client = gateway.connect();
    const sequences: unknown[] = [];
    const subscribe = (query: string) => client.iterate<{ parcelMoved: { sequence: number } }>({ query });
    const live = subscribe(
      'subscription { parcelMoved(id: "p1", after: 0) { sequence parcel { weight } } }',
    );
    const reading = (async () => {
      for await (const { data } of live) sequences.push(data?.parcelMoved);
    })();
    gateway.moves.add('SENT');
    await eventually(() => sequences).toHaveLength(1);
    await reload(composed('accounts', 'parcels'));
    gateway.moves.add('DELIVERED');
    await eventually(() => sequences).toEqual([
      { sequence: 1, parcel: { weight: 2 } },
      { sequence: 2, parcel: { weight: 2 } },
    ]);
    await reading;
    expect(gateway.parcels.subscriptions).toHaveLength(1);

    await expect(subscribe('subscription { parcel(id: "p1") { weight } }').next()).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });
});

describe('a supergraph that cannot be served', () => {
  it.each([
    ['no GraphQL', () => 'type Query {', /^Syntax Error: Expected Name/],
    ['no supergraph', () => 'type Query { a: Int }', /must be a core schema/],
    [
      'a half of one',
      () => gateway.supergraphSdl.slice(0, gateway.supergraphSdl.indexOf('type Parcel')),
      /unknown type/i,
    ],
    [
      'one of a kind that is not supported',
      () =>
        gateway.supergraphSdl.replace(
          '@link(url: "https://specs.apollo.dev/join',
          '@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)\n  @link(url: "https://specs.apollo.dev/join',
        ),
      /authenticated.* is unsupported/,
    ],
  ])('is refused in one line of the log: %s', async (_what, sdl, reason) => {
    gateway.logs.length = 0;
    const before = await reloads('refused');
    await reload(sdl());
    const told = gateway.logs.filter((line) => JSON.parse(line).level >= 40);
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({
      msg: 'a new supergraph is refused, and the former one served on',
      reason: expect.stringMatching(reason),
    });
    expect((await gateway.ask(withWeight)).body.data.parcel).toEqual({ id: 'p1', weight: 2 });
    expect(await reloads('refused')).toBe(before + 1);
  });
});
