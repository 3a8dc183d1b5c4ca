import type { Server } from 'node:http';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { GraphQLFormattedError } from 'graphql';
import { noSuchOperation, subscriptionOverHttp } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { refuseTooLarge, type SizeLimits } from './operation-size.ts';
import type { RequestContext } from './request-context.ts';

type Options = {
  readonly supergraphSdl: string;
  readonly dataSources: Readonly<Record<string, GraphQLDataSource>>;
  readonly httpServer: Server;
  readonly introspection: boolean;
  readonly production: boolean;
  readonly maxTokens: number;
  readonly sizeLimits: SizeLimits;
  readonly mask: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly logger: Logger;
};

const drainMs = 10_000;

/** Apollo Server over Apollo's gateway, which plans and executes queries and mutations on our data sources. */
export const createApolloServer = (options: Options): ApolloServer<RequestContext> => {
  const { dataSources, logger, introspection, production } = options;
  const gateway = new ApolloGateway({
    supergraphSdl: options.supergraphSdl,
    logger: quieter(logger),
    __exposeQueryPlanExperimental: !production,
    buildService: ({ name }) => {
      const dataSource = dataSources[name];
      if (!dataSource) throw new Error(`The supergraph names a subgraph that nothing connects to: ${name}`);
      return dataSource;
    },
  });
  return new ApolloServer<RequestContext>({
    gateway,
    logger: quieter(logger),
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: options.maxTokens },
    formatError: options.mask,
    plugins: [
      refuseWhatIsNotExecuted(options.sizeLimits),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: options.httpServer, stopGracePeriodMillis: drainMs }),
    ],
  });
};

/** Before execution: Apollo's gateway would call an operation that is not there a failure of its own. */
const refuseWhatIsNotExecuted = (limits: SizeLimits): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, schema, document, request }) => {
      if (!operation) throw noSuchOperation();
      if (operation.operation === 'subscription') throw subscriptionOverHttp();
      const variables = request.variables ?? {};
      const tooLarge = refuseTooLarge({ schema, document, definition: operation, variables }, limits);
      if (tooLarge) throw tooLarge;
    },
  }),
});

/** What Apollo finds worth telling is detail here. */
const quieter = (logger: Logger) => ({
  debug: (message: unknown) => logger.trace(message),
  info: (message: unknown) => logger.debug(message),
  warn: (message: unknown) => logger.warn(message),
  error: (message: unknown) => logger.error(message),
});
