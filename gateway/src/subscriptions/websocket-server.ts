import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  parse,
} from 'graphql';
import { CloseCode } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { shuttingDown, tooManySubscriptions } from '../errors.ts';
import { readRequestId } from '../http/request-id.ts';
import { pathOf } from '../http/send.ts';
import { atExpiry } from '../identity/at-expiry.ts';
import { bearer } from '../identity/credentials.ts';
import { type Caller, callerOf, type Identification, type Identity } from '../identity/identify.ts';
import { viewerName } from '../identity/viewer.ts';
import type { Logger } from '../logger.ts';
import type { Mask } from '../mask-error.ts';
import { type ClientName, clientNameOf } from '../observation/client-name.ts';
import type { Headers, Propagation } from '../propagation/propagation.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import type { AcceptedOperation, AcceptOperation } from './accept-operation.ts';
import type { Quota } from './quota.ts';
import { sizeLimitedSocket } from './size-limited-socket.ts';
import { serveProtocol } from './socket-protocol.ts';
import { createUnderWay } from './under-way.ts';

type Options = {
  readonly server: Server;
  readonly path: string;
  /** Whether no more sockets should be taken for now. */
  readonly isOverloaded: () => boolean;
  readonly identification: Identification;
  readonly accept: AcceptOperation;
  readonly rateLimits: RateLimits;
  readonly propagation: Propagation;
  readonly mask: Mask;
  readonly maxPayload: number;
  readonly maxSubscriptionsPerSocket: number;
  /** How many sockets a viewer may have open. */
  readonly quota: Quota;
  readonly logger: Logger;
};

/** What is known of a socket: who calls, until it is settled who that is, and then no longer. */
type Connection = { readonly socket: WebSocket; caller: Caller | null; opened: Opened | null };

type Opened = {
  readonly identity: Identity;
  readonly client: ClientName;
  readonly propagated: Headers;
  readonly cancelExpiry: () => void;
  readonly release: () => void;
};

/** Beside those of graphql-ws. Clients connect again after them, with pauses. */
export const closeCodes = { tooManySockets: 4430, tooSlow: 4431 } as const;

export type WebSockets = {
  /** Closes, with 4403, the sockets of those to whom this applies. */
  refuse(isRefused: (identity: Identity) => boolean): void;
  /** Takes no more sockets and no more operations, and closes what is open with 1001, once the queries and mutations under way are answered. */
  stop(withinMs: number): Promise<void>;
};

/**
 * graphql-ws on the same path as HTTP: subscriptions, and queries and mutations too. Who asks is settled once, by
 * `connection_init` or the upgrade's cookies; an invalid token, or one that expires, closes the socket with 4403, and the
 * client connects again with a new one.
 */
export const acceptWebSockets = (options: Options): WebSockets => {
  const { server, identification, propagation, accept, rateLimits, mask, quota, logger } = options;
  const live = new Set<Connection>();
  const underWay = createUnderWay();
  let isStopping = false;
  const { maxPayload } = options;
  const WebSocket = sizeLimitedSocket(maxPayload);
  const sockets = new WebSocketServer({ noServer: true, maxPayload, WebSocket });

  const refusalOf = (request: IncomingMessage): string | null => {
    if (pathOf(request) !== options.path) return '404 Not Found';
    if (options.isOverloaded()) return unavailable;
    if (rateLimits.ofAddress(identification.addressOf(callerOf(request)))) return '429 Too Many Requests';
    try {
      identification.credentialsOf(callerOf(request));
      return null;
    } catch {
      return '403 Forbidden';
    }
  };
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const refusal = refusalOf(request);
    if (refusal !== null) refuse(socket, refusal);
    else
      sockets.handleUpgrade(request, socket, head, (opened) =>
        protocol.open({ socket: opened, caller: callerOf(request), opened: null }),
      );
  };
  server.on('upgrade', onUpgrade);

  const protocol = serveProtocol<Connection>(
    {
      connectionInitWaitTimeout: 10_000,
      onConnect: async (context) => {
        const { extra: connection, connectionParams } = context;
        const { socket, caller } = connection;
        if (!caller) return false;
        try {
          const authorization = authorizationOf(connectionParams);
          const identity = await identification.identify(
            caller,
            authorization ? bearer(authorization) : undefined,
          );
          const release = quota.take(viewerName(identity.viewer));
          if (!release) {
            socket.close(
              closeCodes.tooManySockets,
              `You may have ${quota.limit} connections open at a time`,
            );
            return false;
          }
          if (socket.readyState !== socket.OPEN) {
            release();
            return false;
          }
          live.add(connection);
          connection.opened = {
            identity,
            propagated: propagation.read(caller.headers),
            client: clientNameOf({ ...caller.headers, ...connectionParams }),
            release,
            cancelExpiry: atExpiry(identity, () =>
              socket.close(CloseCode.Forbidden, 'The access token has expired'),
            ),
          };
          return true;
        } catch (error) {
          if (!(error instanceof GraphQLError)) logger.error({ err: error }, 'a connection failed');
          return false;
        } finally {
          connection.caller = null;
          // graphql-ws would keep the token for as long as the socket is open.
          Object.assign(context, { connectionParams: undefined });
        }
      },
      onClose: ({ extra: connection }) => {
        live.delete(connection);
        connection.opened?.cancelExpiry();
        connection.opened?.release();
      },
      onSubscribe: async ({ extra, subscriptions }, _id, payload) => {
        const { socket, opened } = extra;
        if (!opened) return [new GraphQLError('The connection is not initialised.')];
        if (isStopping) return [shuttingDown()];
        if (Object.keys(subscriptions).length > options.maxSubscriptionsPerSocket)
          return [tooManySubscriptions(options.maxSubscriptionsPerSocket)];
        const { viewer } = opened.identity;
        const limited = rateLimits.ofAddress(viewer.address);
        if (limited) return [limited];
        const operation = await accept(payload, {
          viewer,
          client: opened.client,
          propagated: opened.propagated,
          requestId: readRequestId(payload.extensions?.requestId),
          traceparent: payload.extensions?.traceparent,
          status: 'websocket',
        });
        if (operation.kind === 'refused') return operation.errors;
        if (operation.kind === 'subscription')
          return executionArgs(someSubscription, { subscription: operation, socket });
        const result = await underWay.watch(operation.execute());
        return isRequestError(result)
          ? (result.errors ?? []).map((error) => new FormattedError(error))
          : executionArgs(someQuery, { result });
      },
      subscribe: (args: ExecutionArgs) => {
        const { subscription, socket } = args.contextValue as Begun;
        return subscription.subscribe(() =>
          socket.close(closeCodes.tooSlow, 'This client reads too slowly'),
        ) as AsyncIterableIterator<ExecutionResult>;
      },
      execute: (args: ExecutionArgs) => (args.contextValue as Answered).result as ExecutionResult,
      // Results are masked and formatted already.
      onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
      onError: (_context, _id, _payload, errors) =>
        errors.map((error) =>
          error instanceof FormattedError ? error.formatted : mask(error.toJSON(), error),
        ),
    },
    sockets,
    logger,
  );
  return {
    refuse: (isRefused) => {
      for (const { socket, opened } of live)
        if (opened && isRefused(opened.identity))
          socket.close(CloseCode.Forbidden, 'The session has ended');
    },
    stop: async (withinMs) => {
      isStopping = true;
      server.off('upgrade', onUpgrade);
      server.on('upgrade', (_request, socket) => refuse(socket, unavailable));
      await underWay.end(withinMs);
      await protocol.close();
    },
  };
};

const unavailable = '503 Service Unavailable\r\nretry-after: 1';

const refuse = (socket: Duplex, status: string): void => {
  socket.once('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
};

/** GraphiQL and Explorer send what stands in their header editors, in whatever case. */
const authorizationOf = (params: Readonly<Record<string, unknown>> | undefined): string | null => {
  const [, value] =
    Object.entries(params ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** GraphQL gives `data`, be it null, to whatever began to be executed; what has none is told as the error of its request. */
const isRequestError = ({ data }: FormattedExecutionResult): boolean => data === undefined;

/** An error of a result, which is masked and formatted already: graphql-ws takes instances only. */
class FormattedError extends GraphQLError {
  readonly formatted: GraphQLFormattedError;

  constructor(formatted: GraphQLFormattedError) {
    super(formatted.message);
    this.formatted = formatted;
  }
}

/** Travel through graphql-ws as the context of an execution that is not graphql-js's. */
type Answered = { readonly result: FormattedExecutionResult };
type Begun = {
  readonly subscription: Extract<AcceptedOperation, { kind: 'subscription' }>;
  readonly socket: WebSocket;
};

const someQuery = parse('{ __typename }');
const someSubscription = parse('subscription { __typename }');

/** graphql-ws looks at the document's kind of operation only. */
const executionArgs = (
  document: ExecutionArgs['document'],
  contextValue: Answered | Begun,
): ExecutionArgs => ({
  schema: undefined as never,
  document,
  contextValue,
});
