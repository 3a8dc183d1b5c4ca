import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { type Cause, currentCause } from '@emporium/messaging';
import { eventually, testTracer } from '@emporium/testing';
import type { ExecutionResult } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createFederatedSchema } from '../graphql/federated-schema.ts';
import type { Viewer } from '../identity/viewer.ts';
import { createLogger } from '../logger.ts';
import { each, open } from '../policy/policy.ts';
import {
  type RequestFacts,
  type SubgraphServer,
  type SubgraphServerOptions,
  serveSubgraph,
} from './serve-subgraph.ts';

type Context = { readonly viewer: Viewer; readonly request: RequestFacts; readonly serial: number };

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A secret.' })
class Secret {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}

/** What the resolvers below did, so that a refusal can be seen to have done nothing. */
let resolved: string[] = [];
/** Under what a subscription began, and what its events happened under. */
let causes: Cause[] = [];
let source: ReturnType<typeof newSource> | undefined;

/** A source of events that a test feeds, and that notes when it is ended. */
const newSource = () => {
  causes.push(currentCause());
  const fed = new PassThrough({ objectMode: true });
  const events = fed[Symbol.asyncIterator]();
  const made = {
    ended: 0,
    feed: (event: string) => void fed.write(event),
    fail: (error: Error) => void fed.destroy(error),
    [Symbol.asyncIterator]: () => ({
      next: () => events.next() as Promise<IteratorResult<string>>,
      return: async (): Promise<IteratorResult<string>> => {
        made.ended += 1;
        fed.destroy();
        return { done: true, value: undefined };
      },
    }),
  };
  source = made;
  return made;
};

@Resolver()
class TestResolver {
  @Query(() => String, { nullable: true, description: 'Who asks.' })
  whoAmI(@Ctx() { viewer }: Context): string | null {
    resolved.push('whoAmI');
    return viewer.id;
  }

  @Query(() => String, { description: 'The trace that the request belongs to.' })
  trace(): string {
    return currentCause().traceparent ?? 'none';
  }

  @Query(() => String, { description: 'A bug.' })
  bug(): string {
    throw new Error('postgresql://u:secret@10.0.0.1');
  }

  @Mutation(() => Boolean, { description: 'Sets a cookie.' })
  bake(@Ctx() { request }: Context): boolean {
    resolved.push('bake');
    request.response?.appendHeader('set-cookie', 'a=b');
    return true;
  }

  @Subscription(() => String, { description: 'Events as they come.', subscribe: newSource })
  events(
    @Root() payload: string,
    @Ctx() { viewer, serial }: Context,
    @Arg('bug', () => Boolean, { defaultValue: false, description: 'Whether to fail.' }) bug: boolean,
  ): string {
    causes.push(currentCause());
    if (bug) throw new Error('secret');
    return `${viewer.id} ${payload} ${serial}`;
  }

  @Subscription(() => String, {
    description: 'Has no source.',
    subscribe: () => 'secret' as never,
  })
  nothingness(@Root() payload: string): string {
    return payload;
  }

  @Subscription(() => String, {
    description: 'Fails to begin.',
    subscribe: () => {
      throw new Error('secret');
    },
  })
  broken(@Root() payload: string): string {
    return payload;
  }
}

const viewers: Record<string, Viewer> = {
  gateway: { id: null, roles: [], address: null },
  ada: { id: 'ada', roles: ['BUYER'], address: null },
};

let server: SubgraphServer;
let url: string;
let isReady = true;
let contexts = 0;
const clients: Client[] = [];

const start = async (port = 0, more: Partial<Pick<SubgraphServerOptions, 'tracer' | 'logger'>> = {}) =>
  serveSubgraph({
    schema: await createFederatedSchema<Context>({
      resolvers: [TestResolver],
      orphanedTypes: [Secret],
      references: {
        Secret: ({ id }: { id: string }) => {
          resolved.push('Secret');
          return { id };
        },
      },
      policy: {
        Query: each(open, 'whoAmI', 'trace', 'bug'),
        Mutation: { bake: open },
        Subscription: each(open, 'events', 'nothingness', 'broken'),
        Secret: { id: open },
      },
    }),
    host: '127.0.0.1',
    port,
    verify: async (token) => viewers[token?.replace('Bearer ', '') ?? ''] ?? null,
    createContext: (viewer, request): Context => {
      contexts += 1;
      return { viewer, request, serial: contexts };
    },
    isReady: async () => {
      if (!isReady) throw new Error('no database');
      return true;
    },
    logger: createLogger('test', 'silent'),
    routes: {
      '/open': (_request, response) => void response.end('open'),
      '/folder/': ({ url }, response) => void response.end(url),
    },
    ...more,
  });

beforeEach(async () => {
  resolved = [];
  causes = [];
  source = undefined;
  contexts = 0;
  isReady = true;
  server = await start();
  url = `http://127.0.0.1:${server.port}`;
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  await server.stop();
});

const post = (body: unknown, headers: Record<string, string> = { authorization: 'Bearer ada' }) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const ask = async (query: string, headers?: Record<string, string>) =>
  (await post({ query }, headers)).json() as Promise<ExecutionResult>;

const operations = [
  '{ whoAmI }',
  '{ __typename }',
  '{ __schema { types { name } } }',
  '{ _service { sdl } }',
  '{ _entities(representations: [{ __typename: "Secret", id: "1" }]) { __typename } }',
  'mutation { bake }',
  'not graphql at all',
];

describe('without the gateway’s token', () => {
  it.each(operations)('%s is answered with a refusal alone', async (query) => {
    for (const headers of [{}, { authorization: 'Bearer forged' }, { cookie: 'ada' }] as Record<
      string,
      string
    >[]) {
      const response = await post({ query }, headers);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        errors: [
          { message: 'This subgraph answers its gateway only.', extensions: { code: 'UNAUTHENTICATED' } },
        ],
      });
    }
    expect(resolved).toEqual([]);
  });

  it.each(operations)('%s is refused over GET', async (query) => {
    const response = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`);
    expect(response.status).toBe(401);
    expect(resolved).toEqual([]);
  });

  it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
    expect((await fetch(`${url}/graphql`, { method })).status).toBe(401);
  });

  it.each([
    '/',
    '/graphql/',
    '/GRAPHQL',
    '//graphql',
    '/sdl',
    '/_service',
    '/open/..%2fgraphql',
    '/folder',
    '/folder/below/file',
    '/constructor',
  ])('%s is not there', async (path) => {
    const response = await fetch(`${url}${path}?query={whoAmI}`, {
      headers: { authorization: 'Bearer ada' },
    });
    expect(response.status).toBe(404);
    expect(resolved).toEqual([]);
  });

  it('keeps a connection that rests for a minute', async () =>
    expect((await fetch(`${url}/health/live`)).headers.get('keep-alive')).toBe('timeout=65'));

  it('health, metrics and its own open paths are answered', async () => {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
    expect(await (await fetch(`${url}/open`)).text()).toBe('open');
    expect(await (await fetch(`${url}/folder/file?x=/y/`)).text()).toBe('/folder/file?x=/y/');
  });
});

describe('over HTTP', () => {
  it('answers its gateway for the viewer', async () =>
    expect(await ask('{ whoAmI }')).toEqual({ data: { whoAmI: 'ada' } }));

  it('masks bugs', async () => {
    const answer = await ask('{ bug }');
    expect(answer.errors).toMatchObject([{ path: ['bug'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('gives each request a context of its own, and lets it set cookies', async () => {
    const response = await post({ query: 'mutation { bake }' });
    expect(response.headers.getSetCookie()).toEqual(['a=b']);
    await post({ query: '{ whoAmI }' });
    expect(contexts).toBe(2);
  });

  it('does what follows under the trace of the request', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await ask('{ trace }', { authorization: 'Bearer ada', traceparent });
    expect(answer.data).toEqual({ trace: traceparent });
    expect((await ask('{ trace }')).data).toEqual({ trace: 'none' });
  });

  it('is a span under the one of whoever asks, and above what follows', async () => {
    const tracer = testTracer();
    const traced = await start(0, { tracer });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const response = await fetch(`http://127.0.0.1:${traced.port}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer ada',
        traceparent,
        'x-request-id': 'r1',
      },
      body: JSON.stringify({ query: 'query Trace { trace }', operationName: 'Trace' }),
    });
    const [span] = tracer.spans;
    expect(await response.json()).toEqual({ data: { trace: span?.traceparent } });
    expect(tracer.spans).toMatchObject([
      { parent: traceparent, attributes: { 'graphql.operation.name': 'Trace', 'request.id': 'r1' } },
    ]);
    await eventually(() => expect(span?.ended).toBe(true));
    await traced.stop();
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no query', '{}'],
    ['a query that is no text', '{"query":1}'],
  ])('says what is wrong with %s', async (_what, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it.each(['{', '{ nothing }', 'query A { whoAmI } query B { whoAmI }'])(
    'says what is wrong with %s',
    async (query) => {
      expect((await ask(query)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(resolved).toEqual([]);
    },
  );

  it('changes nothing over GET', async () => {
    const response = await fetch(`${url}/graphql?query=${encodeURIComponent('mutation { bake }')}`, {
      headers: { authorization: 'Bearer ada' },
    });
    expect(response.status).toBe(405);
    expect(resolved).toEqual([]);
  });

  it('is ready when what it needs answers', async () => {
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    isReady = false;
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});

const connectAs = (authorization?: string, base = url) => {
  const client = createClient({
    url: `${base.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(authorization === undefined ? {} : { connectionParams: { authorization } }),
  });
  clients.push(client);
  return client;
};

/** Everything that a subscription says until it ends. */
const follow = (client: Client, query: string, viewer?: string, origin: object = {}) => {
  const heard: unknown[] = [];
  let stop: () => void = () => undefined;
  const ended = new Promise<unknown>((resolve) => {
    stop = client.subscribe(
      { query, ...(viewer === undefined ? {} : { extensions: { viewer, ...origin } }) },
      {
        next: ({ data, errors }) => heard.push(errors ? { errors } : data),
        error: resolve,
        complete: () => resolve('complete'),
      },
    );
  });
  return { heard, ended, stop: () => stop() };
};

const listening = () =>
  eventually(() => {
    if (!source) throw new Error('nobody listens');
    return source;
  });

describe('over WebSocket', () => {
  it.each([undefined, 'Bearer forged'])(
    'closes a socket that was opened with %s',
    async (authorization) => {
      const { ended, heard } = follow(connectAs(authorization), 'subscription { events }', 'ada');
      expect(await ended).toMatchObject({ code: 4403, reason: 'Forbidden' });
      expect(heard).toEqual([]);
      expect(contexts).toBe(0);
    },
  );

  it('closes a socket that does not wait to be let in', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(
      JSON.stringify({
        id: '1',
        type: 'subscribe',
        payload: { query: '{ whoAmI }', extensions: { viewer: 'ada' } },
      }),
    );
    const [code] = await once(socket, 'close');
    expect(code).toBe(4401);
    expect(resolved).toEqual([]);
  });

  it('opens no socket elsewhere', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/other`, 'graphql-transport-ws');
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('400');
  });

  it.each([undefined, 'forged'])(
    'refuses a subscription for the viewer %s, and no other',
    async (viewer) => {
      const client = connectAs('Bearer gateway');
      for (const query of ['subscription { events }', '{ _service { sdl } }', '{ whoAmI }']) {
        expect(await follow(client, query, viewer).ended).toMatchObject([
          { extensions: { code: 'UNAUTHENTICATED' } },
        ]);
      }
      expect(contexts).toBe(0);
      const { heard, ended } = follow(client, '{ whoAmI }', 'ada');
      expect(await ended).toBe('complete');
      expect(heard).toEqual([{ whoAmI: 'ada' }]);
    },
  );

  it('resolves each event for the viewer, in a context of its own', async () => {
    const { heard } = follow(connectAs('Bearer gateway'), 'subscription { events }', 'ada');
    const { feed } = await listening();
    feed('one');
    feed('two');
    await eventually(() => heard.length === 2);
    expect(heard).toEqual([{ events: 'ada one 2' }, { events: 'ada two 3' }]);
  });

  it('begins under the trace of who asked; its events belong to the request only', async () => {
    const tracer = testTracer();
    const lines: string[] = [];
    const logger = createLogger('test', 'error', { write: (line: string) => void lines.push(line) });
    const traced = await start(0, { tracer, logger });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { heard } = follow(
      connectAs('Bearer gateway', `http://127.0.0.1:${traced.port}`),
      'subscription Watch { events(bug: true) }',
      'ada',
      { traceparent, requestId: 'r1' },
    );
    const { feed } = await listening();
    feed('one');
    await eventually(() => heard.length === 1);
    expect(tracer.spans).toMatchObject([{ name: 'subscribe', parent: traceparent, ended: true }]);
    expect(causes).toEqual([
      { requestId: 'r1', traceparent: tracer.spans[0]?.traceparent },
      { requestId: 'r1' },
    ]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ requestId: 'r1' }]);
    await traced.stop();
  });

  it('ends the source when the viewer leaves, though it is waiting for an event', async () => {
    const { stop } = follow(connectAs('Bearer gateway'), 'subscription { events }', 'ada');
    const left = await listening();
    stop();
    await eventually(() => left.ended === 1);
  });

  it('ends the source when the socket breaks', async () => {
    const client = connectAs('Bearer gateway');
    void follow(client, 'subscription { events }', 'ada').ended;
    const left = await listening();
    client.terminate();
    await eventually(() => left.ended === 1);
  });

  it.each([
    [
      'a bug in an event',
      'subscription { events(bug: true) }',
      async () => (await listening()).feed('one'),
    ],
    [
      'a source that breaks',
      'subscription { events }',
      async () => (await listening()).fail(new Error('secret')),
    ],
    ['a source that is none', 'subscription { nothingness }', async () => undefined],
    ['a source that cannot begin', 'subscription { broken }', async () => undefined],
  ])('masks %s, and the socket lives on', async (_what, query, act) => {
    const client = connectAs('Bearer gateway');
    const { heard, ended, stop } = follow(client, query, 'ada');
    void ended.then((reason) => heard.push(reason));
    await act();
    await eventually(() => heard.length > 0);
    stop();
    expect(JSON.stringify(heard)).toContain('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(heard)).not.toContain('secret');
    expect(await follow(client, '{ whoAmI }', 'ada').ended).toBe('complete');
  });

  it.each(['{', 'subscription { nothing }', 'subscription ($if: Boolean!) { events @include(if: $if) }'])(
    'says what is wrong with %s, and the socket lives on',
    async (query) => {
      const client = connectAs('Bearer gateway');
      expect(await follow(client, query, 'ada').ended).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      expect(await follow(client, '{ whoAmI }', 'ada').ended).toBe('complete');
    },
  );
});

describe('starting and stopping', () => {
  it('says so when the port is taken', async () => {
    const other: Server = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    await expect(start((other.address() as AddressInfo).port)).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    other.close();
  });

  it('ends with sockets and idle connections open, and tells the subscribers', async () => {
    const stopping = await start();
    const idle = connect(stopping.port, '127.0.0.1');
    await once(idle, 'connect');
    url = `http://127.0.0.1:${stopping.port}`;
    await (await fetch(`${url}/health/live`)).text();
    const { ended } = follow(connectAs('Bearer gateway'), 'subscription { events }', 'ada');
    await listening();
    idle.destroy();
    await stopping.stop();
    expect(await ended).toMatchObject({ code: 1001 });
  });
});
