import { once } from 'node:events';
import { connect } from 'node:net';
import { testKey } from '@emporium/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { held } from './testing/held.ts';
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

  it('says in its log, once per subgraph, that they do not believe its token', async () => {
    const INTERNAL_SIGNING_KEY = JSON.stringify(testKey().secret);
    gateway = await startTestGateway({ INTERNAL_SIGNING_KEY });
    const refusals = () =>
      gateway.logs
        .map((line) => JSON.parse(line) as Record<string, string>)
        .filter(({ msg = '' }) => msg.includes('refuses the gateway’s token'))
        .map(({ subgraph }) => subgraph)
        .toSorted();
    await eventually(refusals).toEqual(['accounts', 'parcels', 'weights']);
    const { body } = await gateway.ask('{ parcel(id: "p") { id } }');
    expect(body.errors[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(refusals()).toEqual(['accounts', 'parcels', 'weights']);
  });

  it('whose token is refused later says so, too', async () => {
    gateway = await startTestGateway();
    await eventually(async () => (await readiness()).status).toBe(200);
    gateway.parcels.answer = { status: 401, contentType: 'application/json', body: '{}' };
    await gateway.ask('{ parcel(id: "p") { id } }');
    expect(gateway.logs.join('')).toContain('refuses the gateway’s token');
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
  /** Lets a subgraph's answers wait until the returned function is called. */
  const hold = (subgraph: { gate: Promise<void>; requests: unknown[] }): (() => void) => {
    const { until, release } = held();
    subgraph.requests.length = 0;
    subgraph.gate = until;
    return release;
  };
  const startReady = async (env: Record<string, string> = {}) => {
    gateway = await startTestGateway(env);
    await eventually(async () => (await readiness()).status).toBe(200);
  };

  it('finishes what it has begun, and takes nothing more', async () => {
    await startReady();
    const release = hold(gateway.accounts);
    const underWay = gateway.ask('mutation { refresh }');
    await eventually(() => gateway.accounts.requests.length).toBe(1);
    const stopped = gateway.gateway.stop();
    await eventually(() =>
      gateway.ask('{ __typename }').then(
        () => 'answered',
        () => 'refused',
      ),
    ).toBe('refused');
    release();
    const { status, headers } = await underWay;
    expect(status).toBe(200);
    expect(headers.get('connection')).toBe('close');
    await stopped;
  });

  it('says first that it is not ready, and serves on for those who have not heard', async () => {
    await startReady({ DRAIN_DELAY_MS: '1000' });
    const stopped = gateway.gateway.stop();
    expect((await readiness()).status).toBe(503);
    const { status, headers } = await gateway.ask('{ me { id } }');
    expect(status).toBe(200);
    expect(headers.get('connection')).toBe('close');
    await stopped;
  });

  it('waits for no connection on which nothing was asked', async () => {
    await startReady({ DRAIN_TIMEOUT_MS: '60000' });
    const idle = connect(gateway.gateway.port, '127.0.0.1');
    await once(idle, 'connect');
    await readiness(); // by now the gateway knows the connection, too
    const ended = once(idle.resume(), 'end');
    await gateway.gateway.stop();
    await ended;
  });

  it('cuts what does not finish in time', async () => {
    await startReady({ DRAIN_TIMEOUT_MS: '100' });
    const release = hold(gateway.accounts);
    const underWay = expect(gateway.ask('{ me { id } }')).rejects.toThrow('fetch failed');
    await eventually(() => gateway.accounts.requests.length).toBe(1);
    await gateway.gateway.stop();
    await underWay;
    release();
  });

  it('answers what is under way on a WebSocket, and then closes it with 1001', async () => {
    await startReady();
    const release = hold(gateway.accounts);
    const client = gateway.connect();
    const closed = new Promise<number>((resolve) => {
      client.on('closed', (event) => resolve((event as { code: number }).code));
    });
    const subscription = client.iterate({ query: 'subscription { parcelMoved(id: "p1") { sequence } }' });
    const interrupted = expect(subscription.next()).rejects.toMatchObject({ code: 1001 });
    const underWay = client.iterate({ query: 'mutation { refresh }' }).next();
    await eventually(() => gateway.accounts.requests.length).toBe(1);
    const stopped = gateway.gateway.stop();
    release();
    expect((await underWay).value).toEqual({ data: { refresh: null } });
    await interrupted;
    expect(await closed).toBe(1001);
    await stopped;
  });

  it('begins nothing new on a WebSocket, and says to connect again', async () => {
    await startReady();
    const release = hold(gateway.accounts);
    const client = gateway.connect();
    const running = client.iterate<{ parcelMoved: { sequence: number } }>({
      query: 'subscription { parcelMoved(id: "p1", after: 0) { sequence } }',
    });
    const underWay = client.iterate({ query: 'mutation { refresh }' }).next();
    await eventually(() => gateway.accounts.requests.length).toBe(1);
    const stopped = gateway.gateway.stop();
    for (const query of ['{ __typename }', 'subscription { parcelMoved(id: "p1") { sequence } }'])
      await eventually(() =>
        client
          .iterate({ query })
          .next()
          .catch((errors: unknown) => errors),
      ).toMatchObject([
        { message: expect.stringMatching(/Connect again/), extensions: { code: 'SHUTTING_DOWN' } },
      ]);
    gateway.moves.add('SENT');
    expect((await running.next()).value).toEqual({ data: { parcelMoved: { sequence: 1 } } });
    const interrupted = expect(running.next()).rejects.toMatchObject({ code: 1001 });
    release();
    expect((await underWay).value).toEqual({ data: { refresh: null } });
    await interrupted;
    await stopped;
  });
});
