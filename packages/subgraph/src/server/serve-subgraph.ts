import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withCause } from '@emporium/messaging';
import { type Span, type Tracer, untilDone } from '@emporium/telemetry';
import type { GraphQLSchema } from 'graphql';
import { parseRequestParams } from 'graphql-http';
import { createHandler } from 'graphql-http/lib/use/http';
import { Registry } from 'prom-client';
import { MalformedRequestError, maskError } from '../graphql/mask-error.ts';
import type { VerifyInternalToken } from '../identity/internal-token.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Logger } from '../logger.ts';
import type { Operations } from '../operations/open-operations.ts';
import { createDocumentCache } from './documents.ts';
import { refuseUnstorableText } from './storable-text.ts';
import { acceptSubscriptions } from './subscriptions.ts';

export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export type SubgraphServerOptions = {
  readonly schema: GraphQLSchema;
  readonly host: string;
  /** 0 takes a free one; the answer says which. */
  readonly port: number;
  readonly verify: VerifyInternalToken;
  /** Called for every request and for every event of a subscription. */
  readonly createContext: (viewer: Viewer, request: RequestFacts) => object;
  /** Whether requests can be served; a throw is a no. */
  readonly isReady: () => Promise<boolean>;
  readonly logger: Logger;
  /** What `operationsResolvers` finds in the context. */
  readonly operations?: Operations;
  readonly registry?: Registry;
  readonly tracer?: Tracer | null;
  /** Open paths beside GraphQL, such as a key set; one that ends in `/` has all that is right below it. */
  readonly routes?: Record<string, Route>;
};

/** What a resolver may know of the HTTP exchange. `response` is null on a subscription. */
export type RequestFacts = {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly response: ServerResponse | null;
};

export type SubgraphServer = { readonly port: number; stop(): Promise<void> };

/** A connection may rest for so long between two requests: a gateway that uses it again never meets one that is being closed. */
const restMs = 65_000;

const refused = JSON.stringify({
  errors: [{ message: 'This subgraph answers its gateway only.', extensions: { code: 'UNAUTHENTICATED' } }],
});

/** Serves a subgraph: `/graphql` over HTTP and WebSocket for the gateway alone; health, metrics and `routes` for anyone. */
export const serveSubgraph = async (options: SubgraphServerOptions): Promise<SubgraphServer> => {
  const { schema, logger, verify, operations } = options;
  const createContext: SubgraphServerOptions['createContext'] = (viewer, request) =>
    Object.assign(options.createContext(viewer, request), operations && { operations });
  const registry = options.registry ?? new Registry();
  const documents = createDocumentCache(schema);
  const contexts = new WeakMap<IncomingMessage, object>();
  const spans = new WeakMap<IncomingMessage, Span>();
  const graphql = createHandler({
    schema,
    parseRequestParams: readRequest,
    parse: documents.parse,
    validate: (_schema, document) => documents.validate(document),
    onSubscribe: ({ raw }, { variables, operationName }) => {
      spans.get(raw)?.describe({ 'graphql.operation.name': operationName ?? undefined });
      const unstorable = refuseUnstorableText(variables);
      return unstorable ? [unstorable] : undefined;
    },
    context: ({ raw }) => contexts.get(raw) as never,
    formatError: (error) => maskError(error, logger),
  });

  const answerGraphql = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const viewer = await verify(request.headers.authorization);
    if (!viewer) return json(response, 401, refused);
    contexts.set(request, createContext(viewer, { headers: request.headers, response }));
    const traceparent = textOf(request.headers.traceparent);
    const requestId = textOf(request.headers['x-request-id']);
    const span = options.tracer?.start('graphql', {
      kind: 'server',
      parent: traceparent,
      attributes: { 'request.id': requestId },
    });
    if (span) spans.set(request, span);
    await withCause({ requestId, traceparent: span?.traceparent ?? traceparent }, () => {
      const answered = graphql(request, response);
      return span ? untilDone(span, answered) : answered;
    });
  };

  const routes: Record<string, Route> = {
    ...options.routes,
    '/graphql': answerGraphql,
    '/health/live': (_request, response) => json(response, 200, '{"status":"live"}'),
    '/health/ready': async (_request, response) => {
      const ready = await options.isReady().catch(() => false);
      json(response, ready ? 200 : 503, JSON.stringify({ status: ready ? 'ready' : 'not ready' }));
    },
    '/metrics': async (_request, response) => {
      response.writeHead(200, { 'content-type': registry.contentType });
      response.end(await registry.metrics());
    },
  };

  const answer: Route = (request, response) => {
    const route = routeTo(routes, (request.url ?? '/').split('?', 1)[0] ?? '/');
    if (route) return route(request, response);
    json(
      response,
      404,
      '{"errors":[{"message":"There is nothing here.","extensions":{"code":"NOT_FOUND"}}]}',
    );
  };

  const server = createServer({ keepAliveTimeout: restMs }, (request, response) => {
    Promise.resolve(answer(request, response)).catch((error: unknown) => {
      logger.error({ err: error }, 'a request failed');
      if (!response.headersSent)
        json(response, 500, '{"errors":[{"message":"Something went wrong on our side."}]}');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  // Only now: the WebSocket server would print a failure to listen to the console.
  const sockets = acceptSubscriptions({
    server,
    schema,
    documents,
    verify,
    createContext,
    logger,
    tracer: options.tracer,
  });
  const { port } = server.address() as AddressInfo;
  logger.info({ port }, 'serving');
  return {
    port,
    stop: async () => {
      await sockets.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
    },
  };
};

/** The path's own, or that of the folder that it is in. */
const routeTo = (routes: Record<string, Route>, path: string): Route | undefined =>
  routes[path] ?? routes[path.slice(0, path.lastIndexOf('/') + 1)];

const textOf = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;

/** graphql-http throws plain errors whose messages are for the client. */
const readRequest: typeof parseRequestParams = async (request) => {
  try {
    return await parseRequestParams(request);
  } catch (error) {
    throw new MalformedRequestError(error instanceof Error ? error.message : 'Malformed request');
  }
};

const json = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(body);
};
