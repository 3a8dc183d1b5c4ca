import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { GraphQLFormattedError } from 'graphql';
import { noSuchOperation, subscriptionOverHttp } from '../errors.ts';
import type { ApolloLogger } from '../logger.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import { deferLabels, deferNoRootFields } from './defer/defer-rules.ts';
import { refuseTooLarge, type SizeLimits } from './operation-size.ts';
import type { RequestContext } from './request-context.ts';
import { refuseDeepVariables } from './variable-depth.ts';

/** What Apollo Server asks of a gateway. */
export type ServerGateway = NonNullable<ApolloServerOptions<RequestContext>['gateway']>;

type Options = {
  readonly gateway: ServerGateway;
  readonly httpServer: Server;
  readonly introspection: boolean;
  readonly maxTokens: number;
  readonly sizeLimits: SizeLimits;
  readonly rateLimits: RateLimits;
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
    validationRules: [deferLabels, deferNoRootFields],
    formatError: options.mask,
    plugins: [
      refuseWhatIsNotExecuted(options.sizeLimits, options.rateLimits),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: options.httpServer, stopGracePeriodMillis: drainMs }),
    ],
  });
};

/** Before execution: Apollo's gateway would call an operation that is not there a failure of its own. */
const refuseWhatIsNotExecuted = (
  limits: SizeLimits,
  rateLimits: RateLimits,
): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, schema, document, request, contextValue }) => {
      if (!operation) throw noSuchOperation();
      if (operation.operation === 'subscription') throw subscriptionOverHttp();
      const variables = request.variables ?? {};
      const tooLarge =
        refuseDeepVariables(variables) ??
        refuseTooLarge({ schema, document, definition: operation, variables }, limits);
      if (tooLarge) throw tooLarge;
      const counted = rateLimits.ofStrictFields(document, operation, contextValue.viewer);
      if (counted) await counted;
    },
  }),
});
