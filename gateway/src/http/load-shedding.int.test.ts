import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createMetrics } from '../metrics.ts';
import { eventually } from '../testing/eventually.ts';
import { held } from '../testing/held.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { createLoadShedding } from './load-shedding.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ MAX_REQUESTS_IN_FLIGHT: '1' });
});
afterAll(() => gateway.stop());

describe('a gateway with as many requests as it may have', () => {
  it('refuses the next, and new sockets, until one is answered; its health can be asked all the while', async () => {
    const { until, release } = held();
    gateway.accounts.gate = until;
    gateway.accounts.requests.length = 0;
    const first = gateway.ask('mutation { refresh }');
    await eventually(() => gateway.accounts.requests.some(({ body }) => body.includes('refresh'))).toBe(
      true,
    );

    const { status, headers, body } = await gateway.ask('{ __typename }');
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('1');
    expect(body.errors[0]?.extensions).toEqual({ code: 'OVERLOADED' });

    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const [, refusal] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    expect(refusal.statusCode).toBe(503);
    expect(refusal.headers['retry-after']).toBe('1');

    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toContain(
      'gateway_requests_shed_total{reason="requests_in_flight"} 1',
    );

    release();
    expect((await first).status).toBe(200);
    await eventually(async () => (await gateway.ask('{ __typename }')).status).toBe(200);
  });
});

describe('an event loop', () => {
  it('that goes on being late is too much to do, until it is no more', async () => {
    const load = createLoadShedding({ maxRequestsInFlight: 1, maxEventLoopDelayMs: 100 }, createMetrics());
    let isBusy = true;
    const turn = (): void => {
      const until = performance.now() + 200;
      while (performance.now() < until);
      if (isBusy) setTimeout(turn);
    };
    turn();
    await eventually(load.isOverloaded).toBe(true);
    isBusy = false;
    await eventually(load.isOverloaded).toBe(false);
    load.stop();
  });
});
