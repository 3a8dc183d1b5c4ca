import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { WebSocketServer } from 'ws';

type Resolver = (parent: never, args: never, context: SubgraphContext) => unknown;
type Resolvers = Record<string, Record<string, Resolver | { subscribe: Resolver; resolve?: Resolver }>>;

export type SubgraphContext = {
  readonly viewer: JWTPayload;
  readonly headers: IncomingHttpHeaders;
  readonly setCookie: (value: string) => void;
};

export type ReceivedRequest = { headers: IncomingHttpHeaders; body: string };

/** A small subgraph on node:http and graphql-ws, which believes the gateway's tokens only, and can be killed and started again. */
export class TestSubgraph {
  readonly requests: ReceivedRequest[] = [];
  /** Tokens that subscriptions brought in `extensions.viewer`. */
  readonly viewers: JWTPayload[] = [];
  /** What else subscriptions brought in their extensions. */
  readonly origins: Record<string, unknown>[] = [];
  /** Documents that subscriptions brought. */
  readonly subscriptions: string[] = [];
  sockets = 0;
  /** Answers every request with this instead of GraphQL. */
  answer: { status: number; contentType: string; body: string } | null = null;
  /** Answers every request in its own way, HTTP or not. */
  misbehave: ((response: ServerResponse) => void) | null = null;
  /** Requests wait for this before they are answered. */
  gate: Promise<void> = Promise.resolve();

  readonly name: string;
  readonly typeDefs: DocumentNode;
  readonly #schema: GraphQLSchema;
  readonly #keys: ReturnType<typeof createLocalJWKSet>;
  #port = 0;
  #server: Server | null = null;
  #webSockets: WebSocketServer | null = null;

  constructor(name: string, sdl: string, resolvers: Resolvers, jwks: JSONWebKeySet) {
    this.name = name;
    this.typeDefs = parse(sdl);
    this.#schema = buildSubgraphSchema({ typeDefs: this.typeDefs, resolvers: resolvers as never });
    this.#keys = createLocalJWKSet(jwks);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        if (this.misbehave) return this.misbehave(response);
        const body = Buffer.concat(chunks).toString();
        const { status, contentType, text, cookies } = await this.#respond(request.headers, body);
        if (cookies.length > 0) response.setHeader('set-cookie', cookies);
        response.writeHead(status, { 'content-type': contentType });
        response.end(text);
      });
    });
    this.#acceptSubscriptions(server);
    await listen(server, this.#port);
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Stops as a crash would: every connection is cut. */
  async kill(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    for (const socket of this.#webSockets?.clients ?? []) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async #verify(authorization: unknown): Promise<JWTPayload> {
    const token = String(authorization).replace(/^Bearer /, '');
    const { payload } = await jwtVerify(token, this.#keys, {
      issuer: 'emporium-gateway',
      audience: this.name,
    });
    return payload;
  }

  async #respond(headers: IncomingHttpHeaders, body: string) {
    // Whether it is there the gateway asks when it likes.
    if (body !== '{"query":"{ __typename }"}') this.requests.push({ headers, body });
    await this.gate;
    const cookies: string[] = [];
    if (this.answer) {
      const { status, contentType, body: text } = this.answer;
      return { status, contentType, text, cookies };
    }
    const viewer = await this.#verify(headers.authorization).catch(() => null);
    const contentType = 'application/json';
    if (!viewer) return { status: 401, contentType, text: '{"errors":[{"message":"no"}]}', cookies };
    const { query, variables, operationName } = JSON.parse(body);
    const document = parse(query);
    const errors = validate(this.#schema, document);
    const result =
      errors.length > 0
        ? { errors }
        : await execute({
            schema: this.#schema,
            document,
            variableValues: variables,
            operationName,
            contextValue: { viewer, headers, setCookie: (value: string) => cookies.push(value) },
          });
    return { status: 200, contentType, text: JSON.stringify(result), cookies };
  }

  #acceptSubscriptions(server: Server): void {
    const sockets = new WebSocketServer({ server, path: '/graphql' });
    sockets.on('connection', (socket) => {
      this.sockets += 1;
      socket.on('close', () => {
        this.sockets -= 1;
      });
    });
    useServer(
      {
        schema: this.#schema,
        onConnect: async ({ connectionParams }) => {
          await this.#verify(connectionParams?.authorization);
          return true;
        },
        context: async (_context, _id, { query, extensions }) => {
          const { viewer: token, ...origin } = extensions ?? {};
          const viewer = await this.#verify(token);
          this.origins.push(origin);
          this.viewers.push(viewer);
          this.subscriptions.push(query);
          return { viewer, headers: {}, setCookie: () => {} };
        },
      },
      sockets,
    );
    this.#webSockets = sockets;
  }
}

/** Listens on a port, once it is free: while a subgraph was down, a passing connection may have been given its number. */
const listen = async (server: Server, port: number): Promise<void> => {
  for (;;) {
    const taken = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(true) : reject(error),
      );
      server.listen(port, '127.0.0.1', () => resolve(false));
    });
    if (!taken) return;
    await pause(50);
  }
};
