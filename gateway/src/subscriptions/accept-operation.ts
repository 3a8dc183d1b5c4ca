import type { IncomingHttpHeaders } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import { tooManySubscriptions } from '../errors.ts';
import { refuseTooLarge, type SizeLimits } from '../execution/operation-size.ts';
import { continueTrace, type RequestContext } from '../execution/request-context.ts';
import { refuseDeepVariables } from '../execution/variable-depth.ts';
import type { Viewer } from '../identity/viewer.ts';
import { viewerName } from '../identity/viewer.ts';
import type { Propagation } from '../propagation/propagation.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import { type Subscribe, variableErrors } from './federated-subscriptions.ts';
import type { PlannedSubscription, PrepareOperation } from './prepare-operation.ts';
import type { Quota } from './quota.ts';

/** An operation as a client sends it over a socket or a stream of events. */
export type StreamPayload = {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
};

/** What runs when an operation is accepted; nothing has begun yet. */
export type AcceptedOperation =
  | {
      readonly kind: 'subscription';
      /** `onDropped` is told when the client read too slowly, and the subscription is over for that. */
      subscribe(onDropped: () => void): AsyncIterableIterator<FormattedExecutionResult>;
    }
  | {
      readonly kind: 'request';
      readonly isMutation: boolean;
      execute(): Promise<FormattedExecutionResult>;
    };

export type AcceptOperation = (
  payload: StreamPayload,
  viewer: Viewer,
  /** Those of the stream's request, or of the socket's upgrade. */
  headers: IncomingHttpHeaders,
) => AcceptedOperation | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] };

type Options = {
  readonly apollo: ApolloServer<RequestContext>;
  readonly prepare: PrepareOperation;
  readonly sizeLimits: SizeLimits;
  readonly rateLimits: RateLimits;
  readonly propagation: Propagation;
  readonly subscribe: Subscribe;
  /** How many subscriptions a viewer may have open. */
  readonly quota: Quota;
};

/** Judges what comes over sockets and streams: subscriptions are ours to run, queries and mutations Apollo Server's. */
export const createAcceptOperation =
  ({ apollo, prepare, sizeLimits, rateLimits, propagation, subscribe, quota }: Options): AcceptOperation =>
  (payload, viewer, headers) => {
    const limited = rateLimits.ofViewer(viewer);
    if (limited) return { kind: 'refused', errors: [limited] };
    const { query, operationName } = payload;
    const variables = payload.variables ?? {};
    // No cookie is passed on here: a rotated one could not be given back, and the next would end the session.
    const context: RequestContext = {
      viewer,
      traceparent: continueTrace(payload.extensions?.traceparent),
      propagated: propagation.read(headers),
      sessionHeaders: {},
      setCookies: [],
      parts: null,
    };
    const prepared = prepare(query, operationName ?? undefined);
    if (prepared.kind === 'refused') return prepared;
    if (prepared.kind === 'request')
      return {
        kind: 'request',
        isMutation: prepared.isMutation,
        execute: async () => {
          const request = {
            query,
            variables: { ...variables },
            ...(operationName ? { operationName } : {}),
          };
          const { body } = await apollo.executeOperation(request, { contextValue: context });
          return body.kind === 'single' ? body.singleResult : {};
        },
      };
    const errors = refusalsOf(prepared, variables, sizeLimits);
    if (errors.length > 0) return { kind: 'refused', errors };
    const release = quota.take(viewerName(viewer));
    if (!release) return { kind: 'refused', errors: [tooManySubscriptions(quota.limit)] };
    return {
      kind: 'subscription',
      subscribe: (onDropped) => subscribe(prepared, variables, context, { onDropped, onEnd: release }),
    };
  };

const refusalsOf = (
  planned: PlannedSubscription,
  variables: Readonly<Record<string, unknown>>,
  limits: SizeLimits,
): readonly GraphQLError[] => {
  const tooDeep = refuseDeepVariables(variables);
  if (tooDeep) return [tooDeep];
  const errors = variableErrors(planned, variables);
  if (errors.length > 0) return errors;
  const { definition, graph } = planned.prepared;
  const tooLarge = refuseTooLarge(
    { schema: graph.clientSchema, document: planned.document, definition, variables },
    limits,
  );
  return tooLarge ? [tooLarge] : [];
};
