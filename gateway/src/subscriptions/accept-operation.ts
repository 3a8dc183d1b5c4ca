import type { ApolloServer } from '@apollo/server';
import { type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { FindDocument } from '../documents/find-document.ts';
import { noSuchOperation, tooManySubscriptions } from '../errors.ts';
import type { RequestContext } from '../execution/request-context.ts';
import { refuseDeepVariables } from '../execution/variable-depth.ts';
import type { Viewer } from '../identity/viewer.ts';
import { viewerName } from '../identity/viewer.ts';
import type { Admit } from '../limits/admission.ts';
import type { ClientName } from '../observation/client-name.ts';
import type { Observer } from '../observation/observer.ts';
import type { Status } from '../observation/operation-metrics.ts';
import { noteError, noteOperation } from '../observation/operation-record.ts';
import type { Headers } from '../propagation/propagation.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import { type Subscribe, variableErrors } from './federated-subscriptions.ts';
import type { PlannedSubscription, PrepareOperation } from './prepare-operation.ts';
import type { Quota } from './quota.ts';

/** An operation as a client sends it over a socket or a stream of events. */
export type StreamPayload = {
  /** Empty where the document is named by an id or a hash. */
  readonly query: string;
  readonly documentId?: unknown;
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

/** Who asks, and how. */
export type Asker = {
  readonly viewer: Viewer;
  readonly client: ClientName;
  /** What their request, or their socket's upgrade, says in headers that subgraphs may get. */
  readonly propagated: Headers;
  readonly requestId: string;
  readonly traceparent: unknown;
  /** What the transport says of an answer. */
  readonly status: Status;
};

export type AcceptOperation = (
  payload: StreamPayload,
  asker: Asker,
) => Promise<AcceptedOperation | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] }>;

type Options = {
  readonly apollo: ApolloServer<RequestContext>;
  readonly findDocument: FindDocument;
  readonly prepare: PrepareOperation;
  readonly admit: Admit;
  readonly rateLimits: RateLimits;
  readonly subscribe: Subscribe;
  /** How many subscriptions a viewer may have open. */
  readonly quota: Quota;
  readonly observer: Observer;
};

/** Judges what comes over sockets and streams: subscriptions are ours to run, queries and mutations Apollo Server's. */
export const createAcceptOperation =
  ({
    apollo,
    findDocument,
    prepare,
    admit,
    rateLimits,
    subscribe,
    quota,
    observer,
  }: Options): AcceptOperation =>
  async (payload, { viewer, propagated, status, ...asked }) => {
    const { operationName } = payload;
    const variables = payload.variables ?? {};
    const record = observer.begin(asked);
    // No cookie is passed on here: a rotated one could not be given back, and the next would end the session.
    const context: RequestContext = {
      viewer,
      traceparent: record.traceparent,
      record,
      propagated,
      sessionHeaders: {},
      setCookies: [],
      parts: null,
    };
    const refuse = (errors: readonly GraphQLError[]) => {
      for (const { extensions } of errors) noteError(record, extensions);
      observer.end(record, status);
      return { kind: 'refused', errors } as const;
    };
    const limited = rateLimits.ofViewer(viewer);
    if (limited) return refuse([limited]);
    const query = await findDocument(payload).catch(asRefusal);
    if (typeof query !== 'string') return refuse([query ?? noSuchOperation()]);
    const prepared = prepare(query, operationName ?? undefined);
    if (prepared.kind === 'refused') return refuse(prepared.errors);
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
          try {
            const { body } = await apollo.executeOperation(request, { contextValue: context });
            return body.kind === 'single' ? body.singleResult : {};
          } finally {
            observer.end(record, status);
          }
        },
      };
    noteOperation(record, prepared.prepared.definition);
    const errors = refusalsOf(prepared, variables, admit);
    if (errors.length > 0) return refuse(errors);
    const release = quota.take(viewerName(viewer));
    if (!release) return refuse([tooManySubscriptions(quota.limit)]);
    return {
      kind: 'subscription',
      subscribe: (onDropped) => {
        observer.end(record, status);
        return subscribe(prepared, variables, context, { onDropped, onEnd: release });
      },
    };
  };

const asRefusal = (error: unknown): GraphQLError => {
  if (error instanceof GraphQLError) return error;
  throw error;
};

const refusalsOf = (
  planned: PlannedSubscription,
  variables: Readonly<Record<string, unknown>>,
  admit: Admit,
): readonly GraphQLError[] => {
  const tooDeep = refuseDeepVariables(variables);
  if (tooDeep) return [tooDeep];
  const errors = variableErrors(planned, variables);
  if (errors.length > 0) return errors;
  const tooLarge = admit(planned.document, planned.prepared.definition, variables);
  return tooLarge ? [tooLarge] : [];
};
