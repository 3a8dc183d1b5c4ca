import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { GraphQLFormattedError } from 'graphql';
import { noSuchOperation, subscriptionOverHttp } from '../errors.ts';
import type { Admit } from '../limits/admission.ts';
import type { ApolloLogger } from '../logger.ts';
import { hideValidation } from './hide-validation.ts';
import type { RequestContext } from './request-context.ts';

/** What Apollo Server asks of a gateway. */
export type ServerGateway = NonNullable<ApolloServerOptions<RequestContext>['gateway']>;

type Options = {
  readonly gateway: ServerGateway;
  readonly httpServer: Server;
  readonly introspection: boolean;
  readonly maxTokens: number;
  readonly admit: Admit;
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
      refuseWhatIsNotExecuted(options.admit),
      ...(introspection ? [] : [hideValidation]),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: options.httpServer, stopGracePeriodMillis: drainMs }),
    ],
  });
};

/** Before execution: Apollo's gateway would call an operation that is not there a failure of its own. */
const refuseWhatIsNotExecuted = (admit: Admit): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, document, request }) => {
      if (!operation) throw noSuchOperation();
      if (operation.operation === 'subscription') throw subscriptionOverHttp();
      const tooLarge = admit(document, operation, request.variables ?? {});
      if (tooLarge) throw tooLarge;
    },
  }),
});
