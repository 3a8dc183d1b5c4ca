import type { Client, ExecutionResult } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../testing/eventually.ts';
import { allowedOrigin, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.stop());

/** Subscribes and collects; `done` settles when the stream ends, with what ended it. */
const collect = (client: Client, query: string, variables: Record<string, unknown> = {}) => {
  const results: ExecutionResult<Record<string, Record<string, unknown>>, unknown>[] = [];
  let stop = () => {};
  const done = new Promise<unknown>((resolve) => {
    stop = client.subscribe(
      { query, variables },
      {
        next: (result) => void results.push(result as never),
        error: resolve,
        complete: () => resolve('completed'),
      },
    );
  });
  const values = (field: string, name: string) => results.map(({ data }) => data?.[field]?.[name]);
  return { results, done, stop, values, sequences: () => values('parcelMoved', 'sequence') };
};

const moved =
  'subscription ($id: ID!) { parcelMoved(id: $id) { sequence status parcel { weight owner { name } } } }';

describe('a socket', () => {
  it('is cut off when its client has much echoed and reads nothing of it', async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {}); // cut off while it sends
    socket.pause();
    const ping = JSON.stringify({ type: 'ping', payload: { echo: 'x'.repeat(500_000) } });
    const flood = setInterval(() => socket.send(ping, (error) => error && socket.resume()), 2);
    await closed;
    clearInterval(flood);
  });
});

describe('a subscription', () => {
  it('gives the present state, then each event, completed by the other subgraphs', async () => {
    gateway.moves.add('SHIPPED');
    const { results, done } = collect(gateway.connect(), moved, { id: 'p1' });
    await eventually(() => results.length).toBe(1);
    gateway.moves.add('DELIVERED');
    expect(await done).toBe('completed');
    const parcel = { weight: 2, owner: { name: 'ada' } };
    expect(results.map(({ data }) => data)).toEqual([
      { parcelMoved: { sequence: 1, status: 'SHIPPED', parcel } },
      { parcelMoved: { sequence: 2, status: 'DELIVERED', parcel } },
    ]);
  });

  it('gets what is available when a subgraph of its events is down', async () => {
    await gateway.weights.kill();
    gateway.moves.add('SHIPPED', 'DELIVERED');
    const { results, done } = collect(gateway.connect(), moved, { id: 'p1' });
    await done;
    expect(results).toHaveLength(1);
    expect(results[0]?.data?.parcelMoved).toEqual({
      sequence: 2,
      status: 'DELIVERED',
      parcel: { weight: null, owner: { name: 'ada' } },
    });
    expect(results[0]?.errors?.[0]?.extensions).toEqual({
      code: 'SUBGRAPH_UNAVAILABLE',
      serviceName: 'weights',
    });
  });

  it('gives a slice when the client brings a position', async () => {
    gateway.moves.add('A', 'B', 'C', 'DELIVERED');
    const query = 'subscription ($after: Int) { parcelMoved(id: "p", after: $after) { sequence } }';
    const { sequences, done } = collect(gateway.connect(), query, { after: 1 });
    await done;
    expect(sequences()).toEqual([2, 3, 4]);
  });

  it('passes on a refusal as it is', async () => {
    const { results, done } = collect(gateway.connect(), 'subscription { forbidden { id } }');
    await done;
    expect(results[0]?.errors).toEqual([
      {
        message: 'Not yours.',
        path: ['forbidden'],
        extensions: { code: 'NOT_FOUND', serviceName: 'parcels' },
      },
    ]);
  });

  it('brings the viewer to the subgraph, and the gateway’s own token to the socket', async () => {
    gateway.moves.add('DELIVERED');
    const client = gateway.connect({ Authorization: `Bearer ${await gateway.accessToken('ada')}` });
    await collect(client, moved, { id: 'p' }).done;
    expect(gateway.parcels.viewers).toMatchObject([{ sub: 'ada', aud: 'parcels', addr: '127.0.0.1' }]);
  });

  it('shares a few sockets with all others', async () => {
    gateway.moves.add('SHIPPED');
    const client = gateway.connect();
    const all = Array.from({ length: 40 }, (_, index) => collect(client, moved, { id: `p${index}` }));
    await eventually(() => all.every(({ results }) => results.length === 1)).toBe(true);
    expect(gateway.moves.readers).toBe(40);
    expect(gateway.parcels.sockets).toBeLessThanOrEqual(4);
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toContain('gateway_live_subscriptions 40');
  });
});

describe('subscribers who ask for the same', () => {
  it('share one upstream as one viewer, and each event’s fetches', async () => {
    gateway.moves.add('A');
    const clients = [gateway.connect(), gateway.connect()];
    const all = clients.flatMap((client) => [
      collect(client, moved, { id: 'p' }),
      collect(client, moved, { id: 'p' }),
    ]);
    await eventually(() => all.every(({ results }) => results.length === 1)).toBe(true);
    gateway.weights.requests.length = 0;
    gateway.moves.add('DELIVERED');
    for (const { done } of all) await done;
    for (const { sequences } of all) expect(sequences()).toEqual([1, 2]);
    expect(gateway.parcels.subscriptions).toHaveLength(1);
    expect(gateway.weights.requests).toHaveLength(1);
  });

  it('do not share across viewers or variables', async () => {
    gateway.moves.add('A');
    const ada = gateway.connect({ authorization: `Bearer ${await gateway.accessToken('ada')}` });
    const all = [
      collect(ada, moved, { id: 'p' }),
      collect(ada, moved, { id: 'q' }),
      collect(gateway.connect(), moved, { id: 'p' }),
    ];
    await eventually(() => all.every(({ results }) => results.length === 1)).toBe(true);
    expect(gateway.moves.readers).toBe(3);
  });

  it('first get the last event, resolved anew, when they join later', async () => {
    gateway.moves.add('A');
    const first = collect(gateway.connect(), moved, { id: 'p' });
    await eventually(() => first.results.length).toBe(1);
    gateway.weights.requests.length = 0;
    const second = collect(gateway.connect(), moved, { id: 'p' });
    await eventually(() => second.results.length).toBe(1);
    expect(gateway.weights.requests).toHaveLength(1);
    gateway.moves.add('B', 'DELIVERED');
    await Promise.all([first.done, second.done]);
    expect([first.sequences(), second.sequences()]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(gateway.parcels.subscriptions).toHaveLength(1);
  });

  it('each get the slice that they ask for', async () => {
    gateway.moves.add('A', 'B', 'C');
    const query = 'subscription ($after: Int) { parcelMoved(id: "p", after: $after) { sequence } }';
    const first = collect(gateway.connect(), query, { after: 1 });
    await eventually(() => first.results.length).toBe(2);
    const second = collect(gateway.connect(), query, { after: 1 });
    await eventually(() => second.results.length).toBe(2);
    expect(second.sequences()).toEqual([2, 3]);
  });
});

describe('limits', () => {
  const start = async (env: Record<string, string>) => {
    await gateway.stop();
    gateway = await startTestGateway(env);
    gateway.moves.add('A');
  };
  it('are on the subscriptions of a socket, and what is completed makes room', async () => {
    await start({ MAX_SUBSCRIPTIONS_PER_SOCKET: '2' });
    const client = gateway.connect();
    const [one, two] = [collect(client, moved, { id: 'p' }), collect(client, moved, { id: 'q' })];
    await eventually(() => one.results.length + two.results.length).toBe(2);
    expect(await collect(client, moved, { id: 'r' }).done).toMatchObject([
      { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } },
    ]);
    one.stop();
    await eventually(() => gateway.moves.readers).toBe(1);
    const next = collect(client, moved, { id: 'r' });
    await eventually(() => next.results.length).toBe(1);
  });

  it('are on the events that are completed at a time, of all subscriptions', async () => {
    await start({ MAX_EVENT_COMPLETIONS: '2' });
    let open = () => {};
    gateway.weights.gate = new Promise((resolve) => {
      open = resolve;
    });
    const all = Array.from({ length: 5 }, (_, index) =>
      collect(gateway.connect(), moved, { id: `p${index}` }),
    );
    const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();
    await eventually(metrics).toContain('gateway_waiting_completions 3');
    const fetches = () => gateway.weights.requests.filter(({ body }) => body.includes('_entities'));
    await eventually(() => fetches().length).toBe(2);

    const alone = collect(gateway.connect(), 'subscription { parcelMoved(id: "p") { sequence } }');
    await eventually(alone.sequences).toEqual([1]);
    open();
    gateway.moves.add('B', 'DELIVERED');
    await Promise.all(all.map(({ done }) => done));
    for (const { sequences } of all) expect(sequences()).toEqual([1, 2, 3]);
    expect(await metrics()).toContain('gateway_waiting_completions 0');
  });

  it('are on the subscriptions of a viewer, over all sockets', async () => {
    await start({ MAX_SUBSCRIPTIONS_PER_VIEWER: '1' });
    const first = gateway.connect();
    const { results } = collect(first, moved, { id: 'p' });
    await eventually(() => results.length).toBe(1);
    expect(await collect(gateway.connect(), moved, { id: 'p' }).done).toMatchObject([
      { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } },
    ]);
    const ada = gateway.connect({ authorization: `Bearer ${await gateway.accessToken('ada')}` });
    const hers = collect(ada, moved, { id: 'p' });
    await eventually(() => hers.results.length).toBe(1);
    first.terminate();
    await eventually(() => gateway.moves.readers).toBe(1);
    const next = collect(gateway.connect(), moved, { id: 'p' });
    await eventually(() => next.results.length).toBe(1);
  });

  it('are on the sockets of a viewer', async () => {
    await start({ MAX_SOCKETS_PER_VIEWER: '1' });
    const { results } = collect(gateway.connect(), moved, { id: 'p' });
    await eventually(() => results.length).toBe(1);
    expect(await collect(gateway.connect(), moved, { id: 'p' }).done).toMatchObject({ code: 4430 });
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown field', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a syntax error', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    [
      'two root fields',
      'subscription { parcel(id: "p") { id } forbidden { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a missing variable', moved, 'BAD_USER_INPUT'],
    [
      'a condition at the root',
      'subscription ($on: Boolean!) { parcel(id: "p") @include(if: $on) { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a skip at the root',
      'subscription ($on: Boolean!) { parcel(id: "p") @skip(if: $on) { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s is an error of its operation, and the socket stays open', async (_what, query, code) => {
    const client = gateway.connect();
    const errors = await collect(client, query).done;
    expect(errors).toMatchObject([{ extensions: { code } }]);
    gateway.moves.add('DELIVERED');
    expect(await collect(client, moved, { id: 'p' }).done).toBe('completed');
  });
});

describe('queries and mutations over WebSocket', () => {
  it('are answered as over HTTP', async () => {
    const client = gateway.connect({ authorization: `Bearer ${await gateway.accessToken('ada')}` });
    const query = collect(client, '{ me { id } parcel(id: "p1") { weight } }');
    expect(await query.done).toBe('completed');
    expect(query.results).toEqual([{ data: { me: { id: 'ada' }, parcel: { weight: 2 } } }]);
    const mutation = collect(client, 'mutation { fail }');
    await mutation.done;
    expect(mutation.results[0]?.errors?.[0]).toMatchObject({
      message: 'You may not.',
      extensions: { code: 'FORBIDDEN', serviceName: 'accounts' },
    });
    const secret = collect(client, '{ secret }');
    await secret.done;
    expect(JSON.stringify(secret.results)).not.toContain('postgres');
    expect(secret.results[0]?.errors?.[0]).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  });

  it.each([
    ['a syntax error', '{', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a missing variable', 'query ($id: ID!) { parcel(id: $id) { id } }', 'BAD_USER_INPUT'],
    ['an operation that is not there', 'fragment F on Query { me { id } }', 'OPERATION_RESOLUTION_FAILURE'],
    ['a mutation that does not fit', 'mutation { signIn }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('%s is an error of the operation, as that of a subscription is', async (_what, query, code) => {
    const { done, results } = collect(gateway.connect(), query);
    expect(await done).toMatchObject([{ extensions: { code } }]);
    expect(results).toEqual([]);
  });

  it('that were executed are answered with what came of it, be it nothing but errors', async () => {
    await gateway.parcels.kill();
    const { done, results } = collect(gateway.connect(), '{ parcel(id: "p1") { id } }');
    expect(await done).toBe('completed');
    expect(results).toMatchObject([
      { data: { parcel: null }, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] },
    ]);
  });

  it('get no refresh cookie, because a new one could not be given back', async () => {
    const client = gateway.connect({}, { cookie: 'emporium_refresh=r1', origin: allowedOrigin });
    const { results, done } = collect(client, 'mutation { refresh }');
    await done;
    expect(results).toEqual([{ data: { refresh: null } }]);
  });
});

describe('the subgraph’s outage', () => {
  it('is bridged without a gap or a double where the field can resume', async () => {
    gateway.moves.add('A', 'B');
    const { results, sequences, done } = collect(gateway.connect(), moved, { id: 'p' });
    await eventually(() => results.length).toBe(1);
    gateway.moves.add('C');
    await eventually(() => results.length).toBe(2);

    await gateway.parcels.kill();
    gateway.moves.add('D', 'E');
    await gateway.parcels.start();
    await eventually(() => results.length).toBe(4);
    gateway.moves.add('DELIVERED');
    expect(await done).toBe('completed');

    expect(sequences()).toEqual([2, 3, 4, 5, 6]);
    for (const { data } of results)
      expect(Object.keys(data?.parcelMoved ?? {})).not.toContain('gatewayPosition');
  });

  it('is bridged for a client whose own names are the gateway’s', async () => {
    gateway.moves.add('A');
    const query =
      'subscription ($gatewayPosition: ID!) { parcelMoved(id: $gatewayPosition) { gatewayPosition: status } }';
    const { values, done } = collect(gateway.connect(), query, { gatewayPosition: 'p' });
    const statuses = () => values('parcelMoved', 'gatewayPosition');
    await eventually(statuses).toEqual(['A']);
    await gateway.parcels.kill();
    gateway.moves.add('B', 'DELIVERED');
    await gateway.parcels.start();
    await done;
    expect(statuses()).toEqual(['A', 'B', 'DELIVERED']);
  });

  it('is bridged where the client brought a position of its own, in a variable', async () => {
    gateway.moves.add('A', 'B', 'C');
    const query = 'subscription ($after: Int) { moves: parcelMoved(id: "p", after: $after) { status } }';
    const { results, values, done } = collect(gateway.connect(), query, { after: 1 });
    await eventually(() => results.length).toBe(2);
    await gateway.parcels.kill();
    await gateway.parcels.start();
    gateway.moves.add('DELIVERED');
    expect(await done).toBe('completed');
    expect(values('moves', 'status')).toEqual(['B', 'C', 'DELIVERED']);
  });

  it('is followed by the present state where it cannot', async () => {
    gateway.moves.add('A');
    const { results, values, done } = collect(
      gateway.connect(),
      'subscription { parcel(id: "p") { status } }',
    );
    await eventually(() => results.length).toBe(1);
    await gateway.parcels.kill();
    gateway.moves.add('B', 'DELIVERED');
    await gateway.parcels.start();
    expect(await done).toBe('completed');
    expect(values('parcel', 'status')).toEqual(['A', 'DELIVERED']);
  });

  it('brings a new token of the viewer each time', async () => {
    gateway.moves.add('A');
    const client = gateway.connect({ authorization: `Bearer ${await gateway.accessToken('ada')}` });
    const { results, done } = collect(client, moved, { id: 'p' });
    await eventually(() => results.length).toBe(1);
    await gateway.parcels.kill();
    await gateway.parcels.start();
    gateway.moves.add('DELIVERED');
    await done;
    expect(gateway.parcels.viewers.map(({ sub }) => sub)).toEqual(['ada', 'ada']);
  });

  it('ends in an error when it lasts', async () => {
    await gateway.stop();
    gateway = await startTestGateway(
      {},
      { feedTiming: { toBegin: 50, toReturn: 50, firstRetry: 5, lastRetry: 10 } },
    );
    await gateway.parcels.kill();
    const { results, done } = collect(gateway.connect(), moved, { id: 'p' });
    expect(await done).toBe('completed');
    expect(results).toMatchObject([
      { data: null, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'parcels' } }] },
    ]);
  });
});

describe('an upstream subscription ends', () => {
  beforeEach(() => gateway.moves.add('A'));
  const settled = async () => {
    await eventually(() => gateway.moves.readers).toBe(0);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toContain('gateway_live_subscriptions 0');
  };

  it('when its client completes it', async () => {
    const client = gateway.connect();
    const all = Array.from({ length: 30 }, () => collect(client, moved, { id: 'p' }));
    await eventually(() => all.every(({ results }) => results.length === 1)).toBe(true);
    for (const { stop } of all) stop();
    await settled();
  });

  it('when its client’s socket closes', async () => {
    const client = gateway.connect();
    const { results } = collect(client, moved, { id: 'p' });
    await eventually(() => results.length).toBe(1);
    client.terminate();
    await settled();
  });

  it('when its client leaves before it has begun', async () => {
    await gateway.parcels.kill();
    const { stop } = collect(gateway.connect(), moved, { id: 'p' });
    await expect
      .poll(async () => (await fetch(`${gateway.url}/metrics`)).text())
      .toContain('live_subscriptions 1');
    stop();
    await gateway.parcels.start();
    await settled();
  });
});

describe('a socket', () => {
  const closeOf = async (client: Client) =>
    (await collect(client, moved, { id: 'p' }).done) as { code?: number };
  const upgrade = (headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers,
      });
      socket.on('error', () => {});
      socket.on('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode));
      socket.on('open', () => {
        socket.close();
        resolve(101);
      });
    });

  it('is closed with 4403 for a forged or expired token', async () => {
    const forged = await gateway.accessToken('ada', { secret: gateway.forger.secret });
    const expired = await gateway.accessToken('ada', { expiresIn: '-1m' });
    for (const token of [forged, expired, 'garbage'])
      expect((await closeOf(gateway.connect({ authorization: `Bearer ${token}` }))).code).toBe(4403);
  });

  it('is closed with 1009, and told why, for a message that is too big', async () => {
    await gateway.stop();
    gateway = await startTestGateway({ MAX_BODY_BYTES: '2000' });
    const { done } = collect(gateway.connect(), moved, { id: 'p'.repeat(2_000) });
    expect(await done).toMatchObject({ code: 1009, reason: 'A message may have at most 2000 bytes' });
  });

  it('is closed with 4403 when its token expires', async () => {
    const token = await gateway.accessToken('ada', { expiresIn: '3s' });
    gateway.moves.add('A');
    const { results, done } = collect(gateway.connect({ authorization: `Bearer ${token}` }), moved, {
      id: 'p',
    });
    expect(await done).toMatchObject({ code: 4403 });
    expect(results).toHaveLength(1);
    await eventually(() => gateway.moves.readers).toBe(0);
  });

  const init = '{"type":"connection_init"}';
  const subscribe = `{"id":"1","type":"subscribe","payload":{"query":"subscription { parcel(id: \\"p\\") { id } }"}}`;
  it.each([
    ['no protocol that it speaks', [], [], 4406],
    ['an operation before connection_init', 'graphql-transport-ws', [subscribe], 4401],
    ['two connection_inits', 'graphql-transport-ws', [init, init], 4429],
    ['an id that is in use', 'graphql-transport-ws', [init, subscribe, subscribe], 4409],
    ['what is no JSON', 'graphql-transport-ws', [init, '{'], 4400],
    ['what is no message', 'graphql-transport-ws', [init, '{"type":"nonsense"}'], 4400],
  ])('is closed for %s', async (_what, protocol, messages, code) => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, protocol);
    const [first, ...others] = messages;
    socket.on('open', () => first && socket.send(first));
    // The gateway acknowledges before it takes more.
    socket.once('message', () => {
      for (const message of others) socket.send(message);
    });
    expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(code);
  });

  it('takes the identity of a cookie, from a page on the allow list only', async () => {
    const cookie = `emporium_access=${await gateway.accessToken('ada')}`;
    const { results, done } = collect(
      gateway.connect({}, { cookie, origin: allowedOrigin }),
      '{ me { id } }',
    );
    await done;
    expect(results).toEqual([{ data: { me: { id: 'ada' } } }]);
    expect(await upgrade({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await upgrade({ cookie })).toBe(403);
    expect(await upgrade({ origin: 'https://evil.example' })).toBe(101);
  });

  it('is told to go elsewhere when the gateway stops', async () => {
    gateway.moves.add('A');
    const { results, done } = collect(gateway.connect(), moved, { id: 'p' });
    await eventually(() => results.length).toBe(1);
    await gateway.gateway.stop();
    expect(await done).toMatchObject({ code: 1001 });
    await eventually(() => gateway.moves.readers).toBe(0);
  });
});
