import { type TestCollector, testCollector } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const across = 'query Across($id: ID!) { parcel(id: $id) { id weight owner { name } } }';
const secret = 'p-secret-variable';
const traceId = '0af7651916cd43dd8448eb211c80319c';
const client = { 'apollographql-client-name': 'web', 'apollographql-client-version': '1.2' };

let collector: TestCollector;
let gateway: TestGateway;
beforeAll(async () => {
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '20');
  collector = await testCollector();
  gateway = await startTestGateway({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    METRICS_OPERATIONS: '3',
    METRICS_CLIENTS: '2',
  });
});
afterAll(async () => {
  await gateway.stop();
  await collector.stop();
});

const lines = () => gateway.logs.map((line) => JSON.parse(line) as Record<string, unknown>);
const linesOf = (requestId: string) => lines().filter((line) => line.requestId === requestId);
const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();
const spansOf = (trace: string) => collector.spans.filter((span) => span.traceId === trace);

describe('a request id', () => {
  it('goes from the client through the logs to the subgraphs and back', async () => {
    const requestId = 'from-the-client-1';
    await gateway.weights.kill();
    const { headers } = await gateway.ask(across, { 'x-request-id': requestId }, { id: 'p1' });
    await gateway.weights.start();
    expect(headers.get('x-request-id')).toBe(requestId);
    expect(gateway.parcels.requests.at(-1)?.headers['x-request-id']).toBe(requestId);
    await vi.waitFor(() =>
      expect(linesOf(requestId)).toMatchObject([
        { msg: 'a subgraph is unavailable', subgraph: 'weights' },
        { msg: 'an operation was answered with an error', code: 'SUBGRAPH_UNAVAILABLE' },
      ]),
    );
  });

  it('is made where the client has none that is fit, on every path', async () => {
    const { headers } = await gateway.ask('{ me { id } }', { 'x-request-id': 'not "fit"' });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    for (const path of ['/health/live', '/nowhere'])
      expect((await fetch(gateway.url + path)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is with the cause of an error that nobody worded', async () => {
    const requestId = 'internal-1';
    await gateway.ask('{ secret }', { 'x-request-id': requestId });
    await vi.waitFor(() =>
      expect(linesOf(requestId)).toMatchObject([
        { level: 50, msg: 'a subgraph failed', reason: 'postgres://secret@db/accounts' },
        { level: 50, code: 'INTERNAL_SERVER_ERROR' },
      ]),
    );
  });
});

describe('the log', () => {
  it('has one line for each operation, without its text or its variables', async () => {
    const requestId = 'well-1';
    await gateway.ask(across, { ...client, 'x-request-id': requestId }, { id: secret });
    await vi.waitFor(() => expect(linesOf(requestId)).toHaveLength(1));
    expect(linesOf(requestId)[0]).toMatchObject({
      level: 20,
      operation: 'Across',
      type: 'query',
      client: 'web',
      version: '1.2',
      status: 200,
      milliseconds: expect.any(Number),
    });
    await gateway.ask(`{ parcel(id: "${secret}") { nothing } }`, { 'x-request-id': 'invalid-1' });
    await gateway.ask(`{ parcel(id: "${secret}`, { 'x-request-id': 'unparsed-1' });
    await gateway.ask(across, { 'x-request-id': 'misfit-1' }, { id: { [secret]: 1 } });
    await vi.waitFor(() =>
      expect(['invalid-1', 'unparsed-1', 'misfit-1'].map((id) => linesOf(id)[0])).toMatchObject([
        { level: 40, code: 'GRAPHQL_VALIDATION_FAILED', status: 400 },
        { level: 40, code: 'GRAPHQL_PARSE_FAILED', status: 400 },
        { level: 40, code: 'BAD_USER_INPUT', status: 400, operation: 'Across' },
      ]),
    );
    expect(gateway.logs.join('')).not.toContain(secret);
  });

  it('says why a request came to nothing before it was one', async () => {
    await gateway.ask('{ me { id } }', { authorization: 'Bearer forged', 'x-request-id': 'forged-1' });
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'half-1' },
      body: '{',
    });
    await vi.waitFor(() =>
      expect(['forged-1', 'half-1'].map((id) => linesOf(id)[0])).toMatchObject([
        { level: 40, code: 'UNAUTHENTICATED', status: 401 },
        { level: 40, code: 'BAD_REQUEST', status: 400 },
      ]),
    );
    expect(gateway.logs.join('')).not.toContain('forged"');
  });

  it('does not warn of a hash whose document is not here yet: clients then send it', async () => {
    const persistedQuery = { version: 1, sha256Hash: 'a'.repeat(64) };
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'hash-1' },
      body: JSON.stringify({ extensions: { persistedQuery } }),
    });
    await vi.waitFor(() =>
      expect(linesOf('hash-1')).toMatchObject([{ level: 20, code: 'PERSISTED_QUERY_NOT_FOUND' }]),
    );
  });

  it('tells of operations over WebSocket', async () => {
    const socket = gateway.connect(client);
    const ask = async (query: string, requestId: string) => {
      for await (const answer of socket.iterate({ query, extensions: { requestId } })) return answer;
      return undefined;
    };
    await ask('query OverSocket { me { id } }', 'socket-1');
    await ask('subscription Refused { nothing }', 'socket-2').catch(() => undefined);
    await vi.waitFor(() =>
      expect(['socket-1', 'socket-2'].map((id) => linesOf(id)[0])).toMatchObject([
        { level: 20, operation: 'OverSocket', client: 'web', status: 'websocket' },
        { level: 40, code: 'GRAPHQL_VALIDATION_FAILED', status: 'websocket' },
      ]),
    );
  });
});

describe('a subscription', () => {
  it('goes to its subgraph, and its events to the others, with its request’s id and a trace', async () => {
    const own = await startTestGateway();
    own.moves.add('SENT');
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    const query = 'subscription { parcelMoved(id: "p1") { status parcel { weight } } }';
    for await (const _event of own
      .connect()
      .iterate({ query, extensions: { traceparent, requestId: 'watching-1' } }))
      break;
    expect(own.parcels.origins).toEqual([{ traceparent, requestId: 'watching-1' }]);
    expect(own.weights.requests.map(({ headers }) => headers)).toContainEqual(
      expect.objectContaining({ traceparent, 'x-request-id': 'watching-1' }),
    );
    await own.stop();
  });
});

describe('metrics', () => {
  it('count by operation and client, as far as there is room for names', async () => {
    const own = await startTestGateway({ METRICS_OPERATIONS: '2', METRICS_CLIENTS: '1' });
    const ask = (name: string, version = '1') =>
      own.ask(`query ${name} { __typename }`, {
        'apollographql-client-name': 'web',
        'apollographql-client-version': version,
      });
    await ask('First');
    await ask('First');
    await ask('');
    await ask('Third', '2');
    await own.ask('{ nothing }');
    await vi.waitFor(async () => {
      const text = await (await fetch(`${own.url}/metrics`)).text();
      const requests = 'gateway_requests_total';
      for (const line of [
        `${requests}{status="200",operation="First",client="web",version="1"} 2`,
        `${requests}{status="200",operation="anonymous",client="web",version="1"} 1`,
        `${requests}{status="200",operation="other",client="other",version="other"} 1`,
        `${requests}{status="400",operation="invalid",client="other",version="other"} 1`,
        'gateway_request_seconds_count{operation="First",client="web"} 2',
      ])
        expect(text).toContain(line);
    });
    await own.stop();
  });
});

describe('a trace', () => {
  it('goes on through the gateway to each subgraph', async () => {
    const parent = 'b7ad6b7169203331';
    const traceparent = `00-${traceId}-${parent}-01`;
    await gateway.ask(across, { ...client, traceparent }, { id: secret });
    await vi.waitFor(() => expect(spansOf(traceId)).toHaveLength(4), { timeout: 5_000 });
    const spans = spansOf(traceId);
    const server = spans.find(({ parentSpanId }) => parentSpanId === parent);
    expect(server).toMatchObject({
      service: 'gateway',
      attributes: {
        'graphql.operation.type': 'query',
        'graphql.operation.name': 'Across',
        'client.name': 'web',
        'http.response.status_code': 200,
      },
    });
    const fetches = spans.filter((span) => span !== server);
    expect(fetches.map(({ name }) => name).sort()).toEqual([
      'fetch accounts',
      'fetch parcels',
      'fetch weights',
    ]);
    for (const fetched of fetches) {
      expect(fetched.parentSpanId).toBe(server?.spanId);
      const { requests } = gateway[fetched.name.replace('fetch ', '') as 'parcels'];
      expect(requests.at(-1)?.headers.traceparent).toBe(`00-${traceId}-${fetched.spanId}-01`);
    }
    expect(collector.text()).not.toContain(secret);
  });

  it('says what failed', async () => {
    const other = traceId.replace('0af', '0bf');
    await gateway.weights.kill();
    await gateway.ask(across, { traceparent: `00-${other}-b7ad6b7169203331-01` }, { id: 'p1' });
    await gateway.weights.start();
    await vi.waitFor(() => expect(spansOf(other)).toHaveLength(4), { timeout: 5_000 });
    expect(spansOf(other).find(({ name }) => name === 'fetch weights')?.failure).toBe('unavailable');
    expect(spansOf(other).find(({ name }) => name.startsWith('query'))?.failure).toBe(
      'SUBGRAPH_UNAVAILABLE',
    );
  });

  it('is one of its own for each event of a subscription', async () => {
    const socket = gateway.connect();
    const other = traceId.replace('0af', '0cf');
    const events = socket.iterate({
      query: 'subscription Moves { parcelMoved(id: "p1") { status parcel { weight } } }',
      extensions: { traceparent: `00-${other}-b7ad6b7169203331-01` },
    });
    await Promise.all([events.next(), gateway.moves.add('SENT')]);
    await events.return?.();
    const begun = await vi.waitFor(
      () => {
        const [span] = spansOf(other);
        if (!span) throw new Error('not yet');
        return span;
      },
      { timeout: 5_000 },
    );
    await vi.waitFor(
      () => {
        const event = collector.spans.find(({ links }) => links.includes(begun.spanId));
        expect(event?.traceId).not.toBe(other);
        expect(spansOf(event?.traceId ?? '').map(({ name }) => name)).toContain('fetch weights');
      },
      { timeout: 5_000 },
    );
    expect(await metrics()).toMatch(/gateway_subscription_events_total\{operation="\w+"\} [1-9]/);
  });
});
