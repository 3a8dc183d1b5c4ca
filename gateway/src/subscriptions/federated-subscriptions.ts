import { type ExecutionResult, type FormattedExecutionResult, GraphQLError } from 'graphql';
import { subgraphUnavailable } from '../errors.ts';
import type { AskSubgraph } from '../execution/plan/run.ts';
import { coerceVariables, type ReadOperation } from '../execution/prepared-operation.ts';
import type { RequestContext } from '../execution/request-context.ts';
import { type MintInternalToken, viewerKey } from '../identity/internal-tokens.ts';
import type { Logger } from '../logger.ts';
import type { Mask } from '../mask-error.ts';
import type { Metrics } from '../metrics.ts';
import type { Observer } from '../observation/observer.ts';
import { internalErrorMessage, presentErrors } from '../subgraphs/subgraph-errors.ts';
import { canonical } from './canonical.ts';
import type { TakeTurns } from './completions.ts';
import { executeEvent } from './execute-event.ts';
import type { PlannedSubscription, SubscriptionForm } from './prepare-operation.ts';
import { openSharedUpstream, type SharedUpstream } from './shared-upstream.ts';
import { openSubscriber } from './subscriber.ts';
import { type FeedTiming, openFeed, type StartUpstream, type UpstreamEvent } from './upstream-feed.ts';
import type { UpstreamSockets } from './upstream-sockets.ts';

type Options = {
  readonly askFor: (context: RequestContext) => AskSubgraph;
  readonly upstreams: () => Readonly<Record<string, UpstreamSockets>>;
  readonly mint: MintInternalToken;
  readonly mask: Mask;
  readonly maxWaiting: number;
  readonly takeTurns: TakeTurns;
  readonly timing?: Partial<FeedTiming>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly observer: Observer;
};

type Results = {
  /** Told when the client read too slowly to be told everything, and the subscription is over. */
  readonly onDropped?: () => void;
  readonly onEnd?: () => void;
};

/** Results are fit for clients as they are; those who ask for the same share them. */
export type Subscribe = (
  planned: PlannedSubscription,
  variables: Readonly<Record<string, unknown>>,
  context: RequestContext,
  results?: Results,
) => AsyncIterableIterator<FormattedExecutionResult>;

type Upstream = SharedUpstream<FormattedExecutionResult>;

/** The errors of a client's variables; empty when they fit. */
export const variableErrors = (
  { prepared }: PlannedSubscription,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] => coerceVariables(prepared, variables).errors ?? [];

/**
 * Subscriptions over a supergraph: each event of the owning subgraph is completed by the others before a client gets it. All
 * who ask for the same operation with the same variables, and are the same viewer, share one upstream.
 */
export const createFederatedSubscriptions = (options: Options): Subscribe => {
  const { metrics, maxWaiting } = options;
  const shared = new WeakMap<PlannedSubscription, Map<string, Upstream>>();

  const joinShared = (planned: PlannedSubscription, key: string, open: (onEnd: () => void) => Upstream) => {
    const upstreams = shared.get(planned) ?? new Map<string, Upstream>();
    shared.set(planned, upstreams);
    const known = upstreams.get(key);
    if (known) return known;
    const upstream = open(() => upstreams.delete(key));
    upstreams.set(key, upstream);
    return upstream;
  };

  return (planned, variables, context, { onDropped, onEnd } = {}) => {
    const read = coerceVariables(planned.prepared, variables);
    if (read.errors) throw new Error('variables are read before they are subscribed with');
    const conditions = planned.prepared.conditionsOf(read.coerced);
    const form = planned.formFor(conditions);
    const subscription: Subscription = {
      operation: planned.prepared,
      form,
      variables,
      conditions,
      context,
    };
    const isOwnSlice = form.operations.startsAfter(read.coerced);
    const key = [viewerKey(context.viewer), canonical(context.propagated), canonical(variables)].join('\n');
    metrics.liveSubscriptions.inc();
    return openSubscriber({
      join: (listener, after) => {
        const upstream =
          isOwnSlice || after !== undefined
            ? openUpstream(subscription, options, after)
            : joinShared(planned, key, (onEnd) => openUpstream(subscription, options, undefined, onEnd));
        return upstream.join(listener);
      },
      maxWaiting,
      resumes: form.operations.resume !== null,
      onBehind: (outcome) => {
        metrics.slowSubscribers.inc({ outcome });
        if (outcome === 'dropped') onDropped?.();
      },
      onEnd: () => {
        metrics.liveSubscriptions.dec();
        onEnd?.();
      },
    });
  };
};

type Subscription = {
  readonly operation: ReadOperation;
  readonly form: SubscriptionForm;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly context: RequestContext;
};

const openUpstream = (
  subscription: Subscription,
  options: Options,
  after: unknown,
  onEnd = (): void => {},
): Upstream => {
  const { operation, form, variables, conditions, context } = subscription;
  const { metrics, mask, observer } = options;
  const logger = options.logger.child({ requestId: context.record.requestId });
  const subgraph = form.primary.serviceName;
  const positionOf = ({ data }: UpstreamEvent): unknown => form.operations.positionOf(data);

  const complete = async (
    event: UpstreamEvent,
    observed: RequestContext,
  ): Promise<FormattedExecutionResult> => {
    const errors = event.errors ? { errors: presentErrors(event.errors, subgraph, logger) } : {};
    try {
      const given = { variables, conditions, ask: options.askFor(observed) };
      return formatResult(await executeEvent({ ...event, ...errors }, operation, form, given), mask);
    } catch (error) {
      logger.error({ err: error, subgraph }, 'an event could not be completed');
      return { data: null, errors: [internalError.toJSON()] };
    }
  };
  const observe = (event: UpstreamEvent) =>
    observer.event(context, (observed) => complete(event, observed));
  metrics.upstreams.inc({ subgraph });
  return openSharedUpstream({
    open: () =>
      openFeed({
        start: startUpstream(subscription, options),
        after,
        positionOf,
        unavailable: () => ({ data: null, errors: [subgraphUnavailable(subgraph).toJSON()] }),
        maxWaiting: options.maxWaiting,
        onInterruption: (reason) => metrics.interruptions.inc({ subgraph, reason }),
        ...(options.timing ? { timing: options.timing } : {}),
      }),
    // What asks no other subgraph is done at once.
    complete: (event) => (form.step ? options.takeTurns(() => observe(event)) : observe(event)),
    positionOf,
    onEnd: () => {
      metrics.upstreams.dec({ subgraph });
      onEnd();
    },
  });
};

const startUpstream =
  (
    { form: { primary, operations }, variables, context }: Subscription,
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
        origin: { traceparent: context.traceparent, requestId: context.record.requestId },
        viewerToken: () => mint(primary.serviceName, context.viewer),
      },
      listener,
    );
  };

const internalError = new GraphQLError(internalErrorMessage, {
  extensions: { code: 'INTERNAL_SERVER_ERROR' },
});

/** An event's result as it goes over the wire, with errors that are fit for clients. */
const formatResult = (
  { data, errors }: Pick<ExecutionResult, 'data' | 'errors'>,
  mask: Options['mask'],
): FormattedExecutionResult => ({
  data: data ?? null,
  ...(errors && errors.length > 0
    ? {
        errors: errors.map((error) =>
          mask(error instanceof GraphQLError ? error.toJSON() : { message: '' }, error),
        ),
      }
    : {}),
});
