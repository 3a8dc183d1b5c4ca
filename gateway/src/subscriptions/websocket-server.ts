import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApolloServer } from '@apollo/server';
import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  parse,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FindDocument } from '../documents/find-document.ts';
import { noSuchOperation } from '../errors.ts';
import { continueTrace, type RequestContext } from '../execution/request-context.ts';
import { pathOf } from '../http/send.ts';
import { bearer } from '../identity/credentials.ts';
import type { Caller, Identification, Identity } from '../identity/identify.ts';
import type { Admit } from '../limits/admission.ts';
import type { Logger } from '../logger.ts';
import { formatResult, type Subscribe, variableErrors } from './federated-subscriptions.ts';
import type { PreparedOperation, PrepareOperation } from './prepare-operation.ts';

type Options = {
  readonly server: Server;
  readonly path: string;
  readonly apollo: ApolloServer<RequestContext>;
  readonly identification: Identification;
  readonly findDocument: FindDocument;
  readonly prepare: PrepareOperation;
  readonly admit: Admit;
  readonly subscribe: Subscribe;
  readonly mask: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly maxPayload: number;
  readonly logger: Logger;
};

/** Travels through graphql-ws as the context of an execution that is not graphql-js's. */
type SocketOperation = {
  readonly prepared: PreparedOperation;
  readonly payload: { query: string; operationName?: string; variables: Record<string, unknown> };
  readonly context: RequestContext;
};

/** setTimeout takes no longer wait than this. */
const longestWaitMs = 2 ** 31 - 1;

/**
 * graphql-ws on the same path as HTTP: subscriptions, and queries and mutations too. Who asks is settled once, by
 * `connection_init` or the upgrade's cookies; an invalid token, or one that expires, closes the socket with 4403, and the
 * client connects again with a new one.
 */
export const acceptWebSockets = (options: Options): { stop(): Promise<void> } => {
  const { server, apollo, identification, prepare, subscribe, mask, logger } = options;
  const identities = new WeakMap<WebSocket, Identity>();
  const expiries = new WeakMap<WebSocket, NodeJS.Timeout>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: options.maxPayload });

  const refusalOf = (request: IncomingMessage): string | null => {
    if (pathOf(request) !== options.path) return '404 Not Found';
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
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  };
  server.on('upgrade', onUpgrade);

  const protocol = useServer(
    {
      connectionInitWaitTimeout: 10_000,
      onConnect: async ({ connectionParams, extra }) => {
        try {
          const authorization = authorizationOf(connectionParams);
          const identity = await identification.identify(
            callerOf(extra.request),
            authorization ? bearer(authorization) : undefined,
          );
          identities.set(extra.socket, identity);
          if (identity.expiresAt !== null)
            expiries.set(
              extra.socket,
              setTimeout(
                () => extra.socket.close(4403, 'The access token has expired'),
                Math.min(Math.max(0, identity.expiresAt - Date.now()), longestWaitMs),
              ),
            );
          return true;
        } catch (error) {
          if (!(error instanceof GraphQLError)) logger.error({ err: error }, 'a connection failed');
          return false;
        }
      },
      onClose: ({ extra }) => clearTimeout(expiries.get(extra.socket)),
      onSubscribe: async ({ extra }, _id, payload) => {
        const identity = identities.get(extra.socket);
        if (!identity) return [new GraphQLError('The connection is not initialised.')];
        const variables = payload.variables ?? {};
        const query = await options.findDocument(payload).catch(asRefusal);
        if (typeof query !== 'string') return [query ?? noSuchOperation()];
        const prepared = prepare(query, payload.operationName ?? undefined);
        const refusals = refusalsOf(prepared, variables, options.admit);
        if (refusals.length > 0) return refusals;
        const operation: SocketOperation = {
          prepared,
          payload: {
            query,
            variables,
            ...(payload.operationName ? { operationName: payload.operationName } : {}),
          },
          // No cookie is passed on here: a rotated one could not be given back, and the next would end the session.
          context: {
            viewer: identity.viewer,
            traceparent: continueTrace(payload.extensions?.traceparent),
            sessionHeaders: {},
            setCookies: [],
          },
        };
        return asExecutionArgs(operation);
      },
      subscribe: (args: ExecutionArgs) => {
        const { prepared, payload, context } = args.contextValue as SocketOperation;
        if (prepared.kind !== 'subscription') throw new Error('not a subscription');
        return subscribe(prepared, payload.variables, context);
      },
      execute: async (args: ExecutionArgs) => {
        const { payload, context } = args.contextValue as SocketOperation;
        const { body } = await apollo.executeOperation(payload, { contextValue: context });
        return (body.kind === 'single' ? body.singleResult : {}) as ExecutionResult;
      },
      // Apollo Server has masked and formatted its own results already.
      onNext: (_context, _id, _payload, { contextValue }, result) =>
        (contextValue as SocketOperation).prepared.kind === 'subscription'
          ? formatResult(result as ExecutionResult, mask)
          : (result as FormattedExecutionResult),
      onError: (_context, _id, _payload, errors) => errors.map((error) => mask(error.toJSON(), error)),
    },
    sockets,
  );
  return {
    stop: async () => {
      server.off('upgrade', onUpgrade);
      server.on('upgrade', (_request, socket) => refuse(socket, '503 Service Unavailable'));
      await protocol.dispose();
    },
  };
};

const callerOf = ({ headers, socket }: IncomingMessage): Caller => ({
  headers,
  peer: socket.remoteAddress,
});

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

const asRefusal = (error: unknown): GraphQLError => {
  if (error instanceof GraphQLError) return error;
  throw error;
};

const someQuery = parse('{ __typename }');
const someSubscription = parse('subscription { __typename }');

/** graphql-ws looks at the document's kind of operation only. */
const asExecutionArgs = (operation: SocketOperation): ExecutionArgs => ({
  schema: undefined as never,
  document: operation.prepared.kind === 'subscription' ? someSubscription : someQuery,
  contextValue: operation,
});

/** Why an operation may not run; queries and mutations are Apollo Server's to judge. */
const refusalsOf = (
  prepared: PreparedOperation,
  variables: Readonly<Record<string, unknown>>,
  admit: Admit,
): readonly GraphQLError[] => {
  if (prepared.kind === 'refused') return prepared.errors;
  if (prepared.kind === 'request') return [];
  const errors = variableErrors(prepared, variables);
  if (errors.length > 0) return errors;
  const tooLarge = admit(prepared.document, prepared.prepared.definition, variables);
  return tooLarge ? [tooLarge] : [];
};
