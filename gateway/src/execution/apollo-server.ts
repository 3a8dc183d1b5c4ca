import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerOptions } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { GraphQLFormattedError } from 'graphql';
import { noSuchOperation, subscriptionOverHttp } from '../errors.ts';
import type { ApolloLogger } from '../logger.ts';
import { asPlugin, type OperationHooks } from './operation-hooks.ts';
import { refuseTooLarge, type SizeLimits } from './operation-size.ts';
import type { RequestContext } from './request-context.ts';

/** What Apollo Server asks of a gateway. */
export type ServerGateway = NonNullable<ApolloServerOptions<RequestContext>['gateway']>;

type Options = {
  readonly gateway: ServerGateway;
  readonly httpServer: Server;
  readonly introspection: boolean;
  readonly maxTokens: number;
  readonly hooks: readonly OperationHooks[];
  readonly mask: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly logger: ApolloLogger;
};

const drainMs = 10_000;

/** Apollo Server for queries and mutations: HTTP, parsing, validation and reporting are its own, execution is the gateway's. */
export const createApolloServer = (options: Options): ApolloServer<RequestContext> => {
  const { gateway, logger, introspection } = options;
  return new ApolloServer<RequestContext>({
    gateway,
    logger,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: options.maxTokens },
    formatError: options.mask,
    plugins: [
      ...options.hooks.map(asPlugin),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: options.httpServer, stopGracePeriodMillis: drainMs }),
    ],
  });
};

/** Before execution: Apollo's gateway would call an operation that is not there a failure of its own. */
export const refuseWhatIsNotExecuted = (limits: SizeLimits): OperationHooks => ({
  didResolveOperation: async ({ operation, schema, document, request }) => {
    if (!operation) throw noSuchOperation();
    if (operation.operation === 'subscription') throw subscriptionOverHttp();
    const variables = request.variables ?? {};
    const tooLarge = refuseTooLarge({ schema, document, definition: operation, variables }, limits);
    if (tooLarge) throw tooLarge;
  },
});
