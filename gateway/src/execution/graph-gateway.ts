import { ApolloGateway } from '@apollo/gateway';
import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { ResponseCache } from '../caching/response-cache.ts';
import type { ApolloLogger } from '../logger.ts';
import type { Graph } from '../supergraph/graph.ts';
import type { ServerGateway } from './apollo-server.ts';
import { type PreparedDeferral, prepareDeferral } from './defer/prepared-deferral.ts';
import { runDeferral } from './defer/run-deferral.ts';
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
  const operations = new WeakMap<OperationDefinitionNode, PreparedOperation>();
  const deferrals = new WeakMap<OperationDefinitionNode, PreparedDeferral | 'none'>();

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
    const plans = showPlans && Boolean(request.http?.headers.get('apollo-query-plan-experimental'));
    try {
      const { result, plan } = await run(
        document,
        operation,
        request.variables ?? {},
        context as RequestContext,
      );
      return plans ? { ...result, extensions: { __queryPlanExperimental: shown(plan) } } : result;
    } catch (error) {
      // What the planner refuses.
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
  };

  const run = async (
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ) => {
    const { parts } = context;
    const deferral =
      parts && once(deferrals, operation, () => prepareDeferral(graph, document, operation) ?? 'none');
    if (parts && deferral && deferral !== 'none') {
      const { first, rest } = await runDeferral(deferral, variables, askFor(context));
      parts.rest = rest;
      return { result: first, plan: deferral.plan };
    }
    const prepared = once(operations, operation, () => prepareOperation(graph, document, operation));
    return { result: await answer(prepared, variables, context), plan: prepared.plan };
  };

  return {
    load: async (options) => {
      await apollo.load(options);
      return { executor };
    },
    // The schema that clients see is the graph's own: it knows @defer.
    onSchemaLoadOrUpdate: (callback) =>
      apollo.onSchemaLoadOrUpdate((context) => callback({ ...context, apiSchema: graph.clientSchema })),
    stop: () => apollo.stop(),
  };
};

const once = <Value>(
  remembered: WeakMap<OperationDefinitionNode, Value>,
  operation: OperationDefinitionNode,
  prepare: () => Value,
): Value => {
  const known = remembered.get(operation);
  if (known) return known;
  const value = prepare();
  remembered.set(operation, value);
  return value;
};

/** As Explorer reads it; an operation without a plan still says that plans can be had. */
const shown = (plan: QueryPlan): string | true => (plan.node ? prettyFormatQueryPlan(plan) : true);
