import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { startTestGateway, type TestGateway } from './testing/test-gateway.ts';

let gateway: TestGateway;
afterEach(() => gateway.stop());

const readiness = async () => {
  const response = await fetch(`${gateway.url}/health/ready`);
  return { status: response.status, body: await response.json() };
};

describe('a gateway that starts', () => {
  it('before its subgraphs is live, and ready when each has answered once', async () => {
    gateway = await startTestGateway({}, { before: ({ weights }) => weights.kill() });
    await eventually(readiness).toEqual({
      status: 503,
      body: { status: 'not ready', waitingFor: ['weights'] },
    });
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    await gateway.weights.start();
    await eventually(async () => (await readiness()).status).toBe(200);
  });

  it('takes other URLs for its subgraphs than the supergraph’s', async () => {
    const nowhere = 'http://127.0.0.1:1/graphql';
    gateway = await startTestGateway({ SUBGRAPH_URL_WEIGHTS: nowhere, SUBGRAPH_URL_WAITS: nowhere });
    const { body } = await gateway.ask('{ parcel(id: "p") { id weight } }');
    expect(body.data.parcel).toEqual({ id: 'p', weight: null });
    expect(gateway.logs.join('')).toContain('SUBGRAPH_URL_WAITS names no subgraph');
  });

  it('without introspection gives nothing of the schema away', async () => {
    gateway = await startTestGateway({ INTROSPECTION: 'false' });
    const { body } = await gateway.ask('{ __schema { types { name } } }');
    expect(body.errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify((await gateway.ask('{ parcl(id: 1) { id } }')).body)).not.toContain(
      'Did you mean',
    );
    expect(await (await fetch(gateway.url)).text()).not.toContain('parcelMoved');
  });
});

describe('a gateway that stops', () => {
  it('finishes what it has begun, and takes nothing more', async () => {
    gateway = await startTestGateway();
    await eventually(async () => (await readiness()).status).toBe(200);
    gateway.accounts.requests.length = 0;
    let open = () => {};
    gateway.accounts.gate = new Promise((resolve) => {
      open = resolve;
    });
    const underWay = gateway.ask('mutation { refresh }');
    await eventually(() => gateway.accounts.requests.length).toBe(1);
    const stopped = gateway.gateway.stop();
    await eventually(() =>
      gateway.ask('{ __typename }').then(
        () => 'answered',
        () => 'refused',
      ),
    ).toBe('refused');
    open();
    expect((await underWay).status).toBe(200);
    await stopped;
  });
});
