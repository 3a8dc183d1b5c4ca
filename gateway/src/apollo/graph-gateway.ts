import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { ResponseCache } from '../caching/response-cache.ts';
import { type PreparedDeferral, prepareDeferral } from '../execution/defer/prepared-deferral.ts';
import { runDeferral } from '../execution/defer/run-deferral.ts';
import type { AskSubgraph } from '../execution/plan/run.ts';
import { type PreparedOperation, planFor, prepareOperation } from '../execution/prepared-operation.ts';
import type { RequestContext } from '../execution/request-context.ts';
import { runOperation } from '../execution/run-operation.ts';
import type { Graph } from '../supergraph/graph.ts';
import type { ServerGateway } from './apollo-server.ts';

type Options = {
  /** The graph that is served first. */
  readonly graph: Graph;
  /** How the subgraphs are asked on behalf of one request. */
  readonly askFor: (context: RequestContext) => AskSubgraph;
  /** Where answers that may be kept are. */
  readonly cache?: ResponseCache | undefined;
  /** Whether Explorer may see how an operation is planned. */
  readonly showPlans: boolean;
};

export type GraphGateway = ServerGateway & {
  /** Puts a graph that was loaded in the place of the one that is served. What has begun ends on the graph that it began on. */
  serve(graph: Graph): void;
};

type Executor = NonNullable<Awaited<ReturnType<ServerGateway['load']>>['executor']>;
type OnSchema = Parameters<ServerGateway['onSchemaLoadOrUpdate']>[0];

/** A graph that requests run on, with what was compiled for it. */
type ServedGraph = {
  readonly graph: Graph;
  readonly operations: WeakMap<OperationDefinitionNode, PreparedOperation>;
  readonly deferrals: WeakMap<OperationDefinitionNode, PreparedDeferral | 'none'>;
};

/**
 * What Apollo Server runs queries and mutations on. Apollo's planner plans; plans are executed here, on what was compiled once per document.
 */
export const createGraphGateway = (options: Options): GraphGateway => {
  const { graph: first, askFor, cache, showPlans } = options;
  /** By the schema that Apollo Server has validated a request against. */
  const served = new WeakMap<GraphQLSchema, ServedGraph>();
  const listeners = new Set<OnSchema>();

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

  const executor: Executor = async ({ schema, document, operation, request, context }) => {
    const on = served.get(schema);
    if (!on) throw new Error('the request was validated against a schema that is not served');
    const plans = showPlans && Boolean(request.http?.headers.get('apollo-query-plan-experimental'));
    try {
      const variables = request.variables ?? {};
      const ran = await run(on, document, operation, variables, context as RequestContext);
      if (!plans) return ran.result;
      const plan = planFor(ran.operation, variables);
      return { ...ran.result, extensions: { __queryPlanExperimental: shown(plan) } };
    } catch (error) {
      // What the planner refuses.
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
  };

  const run = async (
    { graph, operations, deferrals }: ServedGraph,
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
      return { result: first, operation: deferral };
    }
    const prepared = once(operations, operation, () => prepareOperation(graph, document, operation));
    return { result: await answer(prepared, variables, context), operation: prepared };
  };

  const serve = (graph: Graph): void => {
    served.set(graph.clientSchema, { graph, operations: new WeakMap(), deferrals: new WeakMap() });
    for (const tell of listeners) tell({ apiSchema: graph.clientSchema, coreSupergraphSdl: graph.sdl });
  };

  return {
    serve,
    load: async () => {
      serve(first);
      return { executor };
    },
    onSchemaLoadOrUpdate: (callback) => {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    stop: async () => {},
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
const shown = (plan: QueryPlan | null): string | true => (plan?.node ? prettyFormatQueryPlan(plan) : true);
