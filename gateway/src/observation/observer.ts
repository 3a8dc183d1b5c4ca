import { type Attributes, readTraceparent, type Span, type Tracer } from '@emporium/telemetry';
import { continueTrace, type RequestContext } from '../execution/request-context.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { ClientName } from './client-name.ts';
import { createLogOperation } from './log-operation.ts';
import { createOperationMetrics, type MetricLimits, type Status } from './operation-metrics.ts';
import type { OperationRecord } from './operation-record.ts';

type Options = {
  readonly metrics: Metrics;
  readonly limits: MetricLimits;
  readonly tracer: Tracer | null;
  readonly logger: Logger;
};

type Asked = {
  readonly requestId: string;
  readonly client: ClientName;
  /** The client's, if it sent one. */
  readonly traceparent: unknown;
};

/** Watches operations, and tells of each: one count, one span, one line of the log. */
export type Observer = {
  begin(asked: Asked): OperationRecord;
  /** To be called once. A subscription ends here as soon as it has begun: its events are watched one by one. */
  end(record: OperationRecord, status: Status): void;
  /** Watches one event of a subscription while it is completed. */
  event<Result extends { readonly errors?: readonly unknown[] }>(
    context: RequestContext,
    complete: (context: RequestContext) => Promise<Result>,
  ): Promise<Result>;
};

export const createObserver = ({ metrics, limits, tracer, logger }: Options): Observer => {
  const counts = createOperationMetrics(metrics, limits);
  const log = createLogOperation(logger);

  const endSpan = (span: Span, record: OperationRecord, status: Status): void => {
    const { operation, code } = record;
    const facts: Attributes = {
      ...(operation && {
        'graphql.operation.type': operation.type,
        'graphql.operation.name': operation.name,
      }),
      ...(status !== 'websocket' && { 'http.response.status_code': status }),
      ...(code !== null && { 'error.type': code }),
    };
    span.describe(facts, operation ? `${operation.type} ${counts.operationOf(record)}` : undefined);
    span.end(code ?? undefined);
  };

  return {
    begin: ({ requestId, client, traceparent }) => {
      const span = tracer?.start('graphql', {
        kind: 'server',
        parent: readTraceparent(traceparent) ? String(traceparent) : undefined,
        attributes: {
          'request.id': requestId,
          'client.name': client.name,
          'client.version': client.version,
        },
      });
      return {
        requestId,
        client,
        began: performance.now(),
        traceparent: span?.traceparent ?? continueTrace(traceparent),
        span,
        operation: null,
        code: null,
      };
    },

    end: (record, status) => {
      const seconds = (performance.now() - record.began) / 1000;
      counts.answered(record, status, seconds);
      if (record.span) endSpan(record.span, record, status);
      log(record, status, seconds);
    },

    event: async (context, complete) => {
      const { record } = context;
      counts.event(record);
      if (!tracer) return complete(context);
      // A trace of its own: a subscription may live for days.
      const span = tracer.start(`event ${counts.operationOf(record)}`, {
        kind: 'internal',
        links: [context.traceparent],
        attributes: { 'graphql.operation.type': 'subscription', 'request.id': record.requestId },
      });
      const result = await complete({ ...context, traceparent: span.traceparent });
      span.end(result.errors?.length ? 'errors' : undefined);
      return result;
    },
  };
};
