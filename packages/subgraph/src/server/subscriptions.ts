import type { Server } from 'node:http';
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
};

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * graphql-ws on `/graphql`. The gateway's own token opens the socket; each `subscribe` brings its viewer's in
 * `extensions.viewer`.
 */
export const acceptSubscriptions = (options: Options): { stop(): Promise<void> } => {
  const { server, schema, documents, verify, logger } = options;
  const contextOf = (viewer: Viewer) => options.createContext(viewer, { headers: {}, response: null });
  const freshContexts = new WeakMap<object, () => object>();
  const masked = (errors: readonly GraphQLError[]) =>
    errors.map((error) => maskError(error, logger).toJSON());
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
        freshContexts.set(contextValue, () => contextOf(viewer));
        return {
          schema,
          document,
          contextValue,
          operationName: payload.operationName ?? null,
          variableValues: payload.variables ?? null,
        };
      },
      subscribe: (args: ExecutionArgs) => {
        const fresh = freshContexts.get(args.contextValue as object);
        return subscribeAfresh(args, () => fresh?.() ?? args.contextValue).catch((error: unknown) => ({
          errors: [maskError(error, logger)],
        }));
      },
      onNext: (_context, _id, _payload, _args, { data, errors }) =>
        errors ? { data: data ?? null, errors: masked(errors) } : undefined,
      onError: (_context, _id, _payload, errors) => masked(errors),
    },
    sockets,
  );
  return { stop: async () => protocol.dispose() };
};
