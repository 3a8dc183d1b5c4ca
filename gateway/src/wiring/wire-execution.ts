import type { ApolloServer } from '@apollo/server';
import { createApolloServer, refuseWhatIsNotExecuted } from '../apollo/apollo-server.ts';
import { createGraphGateway } from '../apollo/graph-gateway.ts';
import { answerKnownFirst, type HttpGraphqlServer } from '../apollo/known/answer-known-first.ts';
import { rememberOperations } from '../apollo/known/known-operations.ts';
import { noteRequestErrors } from '../apollo/note-request-errors.ts';
import type { ResponseCache } from '../caching/response-cache.ts';
import type { Config } from '../config.ts';
import type { RequestContext } from '../execution/request-context.ts';
import { apolloLogger } from '../logger.ts';
import { observeExecution } from '../observation/observe-execution.ts';
import { usageReporting } from '../observation/usage-reporting.ts';
import { createReload, type Reload } from '../supergraph/reload.ts';
import type { Instruments } from './instruments.ts';
import type { WiredGraph } from './wire-graph.ts';
import type { Limits } from './wire-limits.ts';

type Parts = {
  readonly config: Config;
  readonly instruments: Instruments;
  readonly graph: WiredGraph;
  readonly limits: Limits;
  readonly cache: ResponseCache | undefined;
};

export type Execution = {
  readonly apollo: ApolloServer<RequestContext>;
  /** What answers over HTTP: operations that are known go past Apollo Server. */
  readonly overHttp: HttpGraphqlServer;
  readonly reload: Reload;
};

/** Queries and mutations: what each must pass, what runs them, and how another graph comes to be the one that they run on. */
export const wireExecution = async (parts: Parts): Promise<Execution> => {
  const { config, graph, limits, cache } = parts;
  const { logger, metrics, mask } = parts.instruments;
  const graphGateway = createGraphGateway({
    graph: graph.current(),
    askFor: graph.subgraphs.askFor,
    cache,
    showPlans: config.NODE_ENV !== 'production',
  });
  const operations = rememberOperations(graphGateway);
  const reporting = await usageReporting({
    key: config.APOLLO_KEY,
    graphRef: config.APOLLO_GRAPH_REF,
    endpoint: config.APOLLO_USAGE_REPORTING_URL,
  });
  const hooks = [
    observeExecution,
    noteRequestErrors,
    refuseWhatIsNotExecuted(limits.admit, limits.rateLimits),
  ];
  const apollo = createApolloServer({
    gateway: operations.gateway,
    introspection: config.INTROSPECTION,
    maxTokens: config.MAX_TOKENS,
    hooks,
    mask,
    logger: apolloLogger(logger),
    reporting,
  });
  await apollo.start();
  return {
    apollo,
    // Usage reports are Apollo Server's own: it must see all that they tell of.
    overHttp: reporting.plugins.length > 0 ? apollo : answerKnownFirst({ apollo, operations, hooks, mask }),
    reload: createReload({
      current: graph.current,
      load: graph.load,
      serve: (next) => {
        graph.replace(next);
        graphGateway.serve(next);
      },
      logger,
      metrics,
    }),
  };
};
