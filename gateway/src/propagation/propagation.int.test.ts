import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { held } from '../testing/held.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import type { TestSubgraph } from '../testing/test-subgraph.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    PROPAGATE_HEADERS: '{"*":["accept-language"],"accounts":["x-tenant"],"nobody":["x-tenant"]}',
  });
  // Readiness asks the subgraphs, too; tests count what they are asked.
  await vi.waitUntil(async () => (await fetch(`${gateway.url}/health/ready`)).ok, { timeout: 15_000 });
});
afterAll(() => gateway.stop());
beforeEach(() => {
  for (const subgraph of [gateway.accounts, gateway.parcels, gateway.weights]) subgraph.requests.length = 0;
});

const across = '{ parcel(id: "p1") { id weight owner { name } } }';
const seenBy = ({ requests }: TestSubgraph) =>
  requests.map(({ headers }) => [headers['accept-language'], headers['x-tenant'], headers['x-other']]);

it('subgraphs get the headers that they are to get, and no others', async () => {
  await gateway.ask(across, { 'accept-language': 'de', 'x-tenant': 't1', 'x-other': '1' });
  expect(seenBy(gateway.accounts)).toEqual([['de', 't1', undefined]]);
  expect(seenBy(gateway.parcels)).toEqual([['de', undefined, undefined]]);
  expect(seenBy(gateway.weights)).toEqual([['de', undefined, undefined]]);
});

it('fetches in flight are shared by those only who sent the same', async () => {
  const { until, release } = held();
  gateway.accounts.gate = until;
  const asked = ['de', 'fr'].map((language) =>
    gateway.ask('{ me { id } }', { 'accept-language': language, 'x-tenant': 't1' }),
  );
  await eventually(() => gateway.accounts.requests.length).toBe(2);
  release();
  await Promise.all(asked);
});

it('a socket’s upgrade speaks for what is asked over it', async () => {
  const client = gateway.connect({}, { 'accept-language': 'de', 'x-tenant': 't1', 'x-other': '1' });
  await new Promise<void>((resolve, reject) =>
    client.subscribe({ query: '{ me { id } }' }, { next: () => {}, error: reject, complete: resolve }),
  );
  expect(seenBy(gateway.accounts)).toEqual([['de', 't1', undefined]]);
});

it('a subscription is shared by those only who sent the same, and its events are completed with it', async () => {
  const stops = ['de', 'fr', 'fr'].map((language) =>
    gateway
      .connect({}, { 'accept-language': language })
      .subscribe(
        { query: 'subscription { parcelMoved(id: "p1") { parcel { weight } } }' },
        { next: () => {}, error: () => {}, complete: () => {} },
      ),
  );
  await eventually(() => gateway.moves.readers).toBe(2);
  gateway.moves.add('MOVED');
  await eventually(() => new Set(seenBy(gateway.weights).map(([language]) => language))).toEqual(
    new Set(['de', 'fr']),
  );
  for (const stop of stops) stop();
  await eventually(() => gateway.moves.readers).toBe(0);
});

it('rules for a subgraph that does not exist are told of', () =>
  expect(gateway.logs.join('')).toContain('PROPAGATE_HEADERS names nobody'));
