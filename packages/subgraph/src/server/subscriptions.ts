import type { Server } from 'node:http';
import { type Cause, withCause } from '@emporium/messaging';
import { type Tracer, untilDone } from '@emporium/telemetry';
import type { ExecutionArgs, GraphQLError, GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { unauthenticated } from '../graphql/errors.ts';
import { maskError } from '../graphql/mask-error.ts';
import type { VerifyInternalToken } from '../identity/internal-token.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Logger } from '../logger.ts';
import type { DocumentCache } from './documents.ts';
import { refuseUnstorableText } from './storable-text.ts';
import { subscribeAfresh } from './subscribe-afresh.ts';

type Options = {
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly documents: DocumentCache;
  readonly verify: VerifyInternalToken;
  readonly createContext: (
    viewer: Viewer,
    request: { headers: Record<string, never>; response: null },
  ) => object;
  readonly logger: Logger;
  readonly tracer?: Tracer | null | undefined;
};

/** What is kept of an accepted subscription. */
type Accepted = { readonly freshContext: () => object; readonly cause: Cause };

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * graphql-ws on `/graphql`. The gateway's own token opens the socket; each `subscribe` brings its viewer's in
 * `extensions.viewer`, and the trace and the request that it began with beside it. Its beginning belongs to that trace, its
 * events only to the request: a subscription may live for days.
 */
export const acceptSubscriptions = (options: Options): { stop(): Promise<void> } => {
  const { server, schema, documents, verify, logger } = options;
  const contextOf = (viewer: Viewer) => options.createContext(viewer, { headers: {}, response: null });
  const accepted = new WeakMap<object, Accepted>();
  const masked = (errors: readonly GraphQLError[]) =>
    errors.map((error) => maskError(error, logger).toJSON());
  const acceptedOf = ({ contextValue }: ExecutionArgs): Accepted => {
    const known = accepted.get(contextValue as object);
    if (!known) throw new Error('a subscription that was not accepted');
    return known;
  };
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: 1024 * 1024 });
  const protocol = useServer(
    {
      onConnect: async ({ connectionParams }) =>
        (await verify(asText(connectionParams?.authorization))) !== null,
      onSubscribe: async (_context, _id, payload) => {
        const viewer = await verify(asText(payload.extensions?.viewer));
        if (!viewer) return [unauthenticated('Each subscription needs its viewer’s token.')];
        let document: ReturnType<DocumentCache['parse']>;
        try {
          document = documents.parse(payload.query);
        } catch (error) {
          return [maskError(error, logger)];
        }
        const errors = documents.validate(document);
        if (errors.length > 0) return errors;
        const unstorable = refuseUnstorableText(payload.variables);
        if (unstorable) return [unstorable];
        const contextValue = contextOf(viewer);
        accepted.set(contextValue, {
          freshContext: () => contextOf(viewer),
          cause: {
            requestId: asText(payload.extensions?.requestId),
            traceparent: asText(payload.extensions?.traceparent),
          },
        });
        return {
          schema,
          document,
          contextValue,
          operationName: payload.operationName ?? null,
          variableValues: payload.variables ?? null,
        };
      },
      subscribe: (args: ExecutionArgs) => {
        const { freshContext, cause } = acceptedOf(args);
        const span = options.tracer?.start('subscribe', {
          kind: 'server',
          parent: cause.traceparent,
          attributes: {
            'request.id': cause.requestId,
            'graphql.operation.name': args.operationName ?? undefined,
          },
        });
        return withCause({ ...cause, traceparent: span?.traceparent ?? cause.traceparent }, () => {
          const begun = subscribeAfresh(args, freshContext, { requestId: cause.requestId });
          return (span ? untilDone(span, begun) : begun).catch((error: unknown) => ({
            errors: [maskError(error, logger)],
          }));
        });
      },
      onNext: (_context, _id, _payload, args, { data, errors }) =>
        errors
          ? {
              data: data ?? null,
              errors: withCause({ requestId: acceptedOf(args).cause.requestId }, () => masked(errors)),
            }
          : undefined,
      onError: (_context, _id, _payload, errors) => masked(errors),
    },
    sockets,
  );
  return { stop: async () => protocol.dispose() };
};
