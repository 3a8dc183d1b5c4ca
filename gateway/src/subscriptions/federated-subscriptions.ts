import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { subgraphUnavailable } from '../errors.ts';
import type { AskSubgraph } from '../execution/plan/run.ts';
import { coerceVariables } from '../execution/prepared-operation.ts';
import type { RequestContext } from '../execution/request-context.ts';
import { internalErrorMessage, presentErrors } from '../execution/subgraph-errors.ts';
import type { MintInternalToken } from '../identity/internal-tokens.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Observer } from '../observation/observer.ts';
import { executeEvent } from './execute-event.ts';
import type { PlannedSubscription } from './prepare-operation.ts';
import { type FeedTiming, openFeed, type StartUpstream, type UpstreamEvent } from './upstream-feed.ts';
import type { UpstreamSockets } from './upstream-sockets.ts';

type Options = {
  readonly askFor: (context: RequestContext) => AskSubgraph;
  readonly upstreams: () => Readonly<Record<string, UpstreamSockets>>;
  readonly mint: MintInternalToken;
  readonly maxWaiting: number;
  readonly timing?: Partial<FeedTiming>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly observer: Observer;
};

export type Subscribe = (
  planned: PlannedSubscription,
  variables: Record<string, unknown>,
  context: RequestContext,
) => AsyncIterableIterator<ExecutionResult>;

/** The errors of a client's variables; empty when they fit. */
export const variableErrors = (
  { prepared }: PlannedSubscription,
  variables: Record<string, unknown>,
): readonly GraphQLError[] => coerceVariables(prepared, variables).errors ?? [];

/** Subscriptions over a supergraph: each event of the owning subgraph is completed by the others before a client gets it. */
export const createFederatedSubscriptions =
  (options: Options): Subscribe =>
  (planned, variables, context) => {
    const { metrics, observer } = options;
    const logger = options.logger.child({ requestId: context.record.requestId });
    const subgraph = planned.primary.serviceName;
    const feed = openFeed({
      start: startUpstream(planned, variables, context, options),
      positionOf: ({ data }) => planned.operations.positionOf(data),
      unavailable: () => ({ data: null, errors: [subgraphUnavailable(subgraph).toJSON()] }),
      maxWaiting: options.maxWaiting,
      onInterruption: (reason) => metrics.interruptions.inc({ subgraph, reason }),
      ...(options.timing ? { timing: options.timing } : {}),
    });

    const complete = async (event: UpstreamEvent, context: RequestContext): Promise<ExecutionResult> => {
      const errors = event.errors ? { errors: presentErrors(event.errors, subgraph, logger) } : {};
      try {
        return await executeEvent({ ...event, ...errors }, planned, variables, options.askFor(context));
      } catch (error) {
        logger.error({ err: error, subgraph }, 'an event could not be completed');
        return { data: null, errors: [internalError()] };
      }
    };
    return eachCompleted(
      feed,
      (event) => observer.event(context, (observed) => complete(event, observed)),
      metrics,
    );
  };

const startUpstream =
  (
    { primary, operations }: PlannedSubscription,
    variables: Record<string, unknown>,
    context: RequestContext,
    { upstreams, mint }: Options,
  ): StartUpstream =>
  (position, listener) => {
    const sockets = upstreams()[primary.serviceName];
    if (!sockets) throw new Error(`no upstream for ${primary.serviceName}`);
    const resumes = position !== undefined && operations.resume !== null;
    const used = (primary.variableUsages ?? []).filter((name) => variables[name] !== undefined);
    return sockets.subscribe(
      {
        query: resumes && operations.resume ? operations.resume : operations.start,
        operationName: primary.operationName,
        variables: {
          ...Object.fromEntries(used.map((name) => [name, variables[name]])),
          ...(resumes ? operations.variablesAt(position) : {}),
        },
        viewerToken: () => mint(primary.serviceName, context.viewer),
      },
      listener,
    );
  };

/** Maps a feed, one event at a time, and lets `return` through to it at once. */
const eachCompleted = (
  feed: AsyncIterableIterator<UpstreamEvent>,
  complete: (event: UpstreamEvent) => Promise<ExecutionResult>,
  metrics: Metrics,
): AsyncIterableIterator<ExecutionResult> => {
  let live = true;
  metrics.liveSubscriptions.inc();
  const done = (): IteratorReturnResult<undefined> => {
    if (live) metrics.liveSubscriptions.dec();
    live = false;
    return { done: true, value: undefined };
  };
  const stop = async (): Promise<IteratorResult<ExecutionResult>> => {
    await feed.return?.();
    return done();
  };
  const results: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => results,
    next: async () => {
      const event = await feed.next();
      return event.done ? done() : { done: false, value: await complete(event.value) };
    },
    return: stop,
    throw: stop,
  };
  return results;
};

const internalError = (): GraphQLError =>
  new GraphQLError(internalErrorMessage, { extensions: { code: 'INTERNAL_SERVER_ERROR' } });

/** An event's result as it goes over the wire, with errors that are fit for clients. */
export const formatResult = (
  { data, errors }: Pick<ExecutionResult, 'data' | 'errors'>,
  mask: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError,
) => ({
  data: data ?? null,
  ...(errors && errors.length > 0
    ? {
        errors: errors.map((error) =>
          mask(error instanceof GraphQLError ? error.toJSON() : { message: '' }, error),
        ),
      }
    : {}),
});
