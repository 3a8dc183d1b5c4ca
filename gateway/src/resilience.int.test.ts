import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { held } from './testing/held.ts';
import { startTestGateway, type TestGateway } from './testing/test-gateway.ts';

let gateway: TestGateway;
const openMs = 300;
beforeAll(async () => {
  gateway = await startTestGateway({ BREAKER_MIN_FETCHES: '10', BREAKER_OPEN_MS: String(openMs) });
  await vi.waitUntil(async () => (await fetch(`${gateway.url}/health/ready`)).ok, { timeout: 15_000 });
});
afterAll(() => gateway.stop());
afterEach(() => {
  for (const subgraph of [gateway.accounts, gateway.weights]) {
    subgraph.requests.length = 0;
    subgraph.answer = null;
  }
});

const across = '{ parcel(id: "p1") { id weight owner { name } } }';
const unavailable = { status: 503, contentType: 'text/plain', body: 'no healthy upstream' };
const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();

describe('a subgraph that fails once', () => {
  it('is asked a second time by a query, and nobody notices', async () => {
    const { until, release } = held();
    gateway.weights.gate = until;
    gateway.weights.answer = unavailable;
    const asked = gateway.ask(across);
    await eventually(() => gateway.weights.requests.length).toBe(1);
    release();
    await turn(); // the first has its answer, the second is not there yet
    gateway.weights.answer = null;
    expect((await asked).body).toEqual({
      data: { parcel: { id: 'p1', weight: 2, owner: { name: 'ada' } } },
    });
    expect(gateway.weights.requests).toHaveLength(2);
  });

  it('is asked no second time by a mutation', async () => {
    gateway.accounts.answer = unavailable;
    const { body } = await gateway.ask('mutation { refresh }');
    expect(body.errors[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(gateway.accounts.requests).toHaveLength(1);
  });
});

describe('a subgraph that goes on failing', () => {
  it('is left alone until it answers again; the others’ data arrives all the while', async () => {
    const without = { parcel: { id: 'p1', weight: null, owner: { name: 'ada' } } };
    gateway.weights.answer = unavailable;
    await eventually(async () => {
      expect((await gateway.ask(across)).body.data).toEqual(without);
      return metrics();
    }).toContain('gateway_subgraph_breaker_state{subgraph="weights"} 2');

    const asked = gateway.weights.requests.length;
    const { body } = await gateway.ask(across);
    expect(body.data).toEqual(without);
    expect(body.errors[0]).toMatchObject({
      path: ['parcel'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'weights' },
    });
    expect(gateway.weights.requests.length - asked).toBeLessThanOrEqual(1);
    expect(await metrics()).toMatch(
      /gateway_subgraph_fetches_total\{subgraph="weights",outcome="refused"\} [1-9]/,
    );

    gateway.weights.answer = null;
    await eventually(async () => (await gateway.ask(across)).body.errors).toBeUndefined();
    expect(await metrics()).toContain('gateway_subgraph_breaker_state{subgraph="weights"} 0');
    const told = gateway.logs.filter((line) => /asked no more|is back/.test(line));
    expect(told).toHaveLength(2);
  });
});
