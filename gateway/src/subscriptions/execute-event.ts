import { executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '../execution/request-context.ts';
import type { PlannedSubscription } from './prepare-operation.ts';
import type { UpstreamEvent } from './upstream-feed.ts';

type Parameter<Index extends number> = Parameters<typeof executeQueryPlan>[Index];

type Options = {
  readonly planned: PlannedSubscription;
  readonly variables: Record<string, unknown>;
  readonly context: RequestContext;
  readonly dataSources: Readonly<Record<string, GraphQLDataSource>>;
  readonly logger: Parameter<2>['logger'];
};

/**
 * Runs the plan for one event: its primary fetch is answered with the event itself, the rest goes to the other subgraphs.
 * The result is shaped by the client's own operation, so that what only the gateway asked for is not in it.
 */
export const executeEvent = (event: UpstreamEvent, options: Options): Promise<ExecutionResult> => {
  const { planned, variables, context, dataSources, logger } = options;
  const { primary, rest, graph, document } = planned;
  const owner = dataSources[primary.serviceName];
  const answeredByEvent: GraphQLDataSource = {
    process: async (asked) => {
      if (asked.request.query === primary.operation) return { ...event };
      if (!owner) throw new Error(`no data source for ${primary.serviceName}`);
      return owner.process(asked);
    },
  };
  return executeQueryPlan(
    { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: rest ? [primary, rest] : [primary] } },
    { ...dataSources, [primary.serviceName]: answeredByEvent },
    // Only these are read: there is no HTTP request behind an event.
    {
      request: { variables },
      context,
      metrics: {},
      logger,
      document,
      schema: graph.clientSchema,
    } as unknown as Parameter<2>,
    planned.operationContext,
    graph.supergraphSchema,
    graph.apiSchema,
  );
};
