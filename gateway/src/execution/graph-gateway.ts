import { ApolloGateway } from '@apollo/gateway';
import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import { GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { ResponseCache } from '../caching/response-cache.ts';
import type { ApolloLogger } from '../logger.ts';
import type { Graph } from '../supergraph/graph.ts';
import type { ServerGateway } from './apollo-server.ts';
import type { AskSubgraph } from './plan/run.ts';
import { type PreparedOperation, prepareOperation } from './prepared-operation.ts';
import type { RequestContext } from './request-context.ts';
import { runOperation } from './run-operation.ts';

type Options = {
  readonly graph: Graph;
  /** How the subgraphs are asked on behalf of one request. */
  readonly askFor: (context: RequestContext) => AskSubgraph;
  /** Where answers that may be kept are. */
  readonly cache?: ResponseCache | undefined;
  /** Whether Explorer may see how an operation is planned. */
  readonly showPlans: boolean;
  readonly logger: ApolloLogger;
};

type Executor = NonNullable<Awaited<ReturnType<ServerGateway['load']>>['executor']>;

/**
 * What Apollo Server runs queries and mutations on: @apollo/gateway loads and checks the supergraph, Apollo's
 * planner plans; plans are executed here, on what was compiled once per document.
 */
export const createGraphGateway = ({ graph, askFor, cache, showPlans, logger }: Options): ServerGateway => {
  const apollo = new ApolloGateway({
    logger,
    supergraphSdl: graph.sdl,
    buildService: ({ name }) => ({
      process: () => Promise.reject(new Error(`${name} is not asked by Apollo's executor`)),
    }),
  });
  const prepared = new WeakMap<OperationDefinitionNode, PreparedOperation>();

  const answer = async (
    operation: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ) => {
    const run = () => runOperation(operation, variables, askFor(context));
    const { caching, changesOf } = operation;
    if (cache && caching) return cache.answer(caching, variables, context, run);
    const result = await run();
    if (cache && changesOf && result.data) await cache.changed(changesOf(result.data));
    return result;
  };

  const executor: Executor = async ({ document, operation, request, context }) => {
    let operationToRun = prepared.get(operation);
    if (!operationToRun) {
      try {
        operationToRun = prepareOperation(graph, document, operation);
      } catch (error) {
        if (error instanceof GraphQLError) return { errors: [error] };
        throw error;
      }
      prepared.set(operation, operationToRun);
    }
    const result = await answer(operationToRun, request.variables ?? {}, context as RequestContext);
    if (!showPlans || !request.http?.headers.get('apollo-query-plan-experimental')) return result;
    return { ...result, extensions: { __queryPlanExperimental: shown(operationToRun.plan) } };
  };

  return {
    load: async (options) => {
      await apollo.load(options);
      return { executor };
    },
    onSchemaLoadOrUpdate: (callback) => apollo.onSchemaLoadOrUpdate(callback),
    stop: () => apollo.stop(),
  };
};

/** As Explorer reads it; an operation without a plan still says that plans can be had. */
const shown = (plan: QueryPlan): string | true => (plan.node ? prettyFormatQueryPlan(plan) : true);
