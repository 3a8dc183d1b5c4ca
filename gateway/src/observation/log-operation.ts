import { readTraceparent } from '@emporium/telemetry';
import type { Logger } from '../logger.ts';
import type { Status } from './operation-metrics.ts';
import type { OperationRecord } from './operation-record.ts';

type Level = 'debug' | 'warn' | 'error';

/** A client that went away is nobody's failure. */
const wentAway = 499;

/** The protocol's way of asking for the document: the same client sends it next. */
const asksForDocument = 'PERSISTED_QUERY_NOT_FOUND';

const levelOf = ({ code }: OperationRecord, status: Status): Level => {
  if (code === 'INTERNAL_SERVER_ERROR' || (status !== 'websocket' && status >= 500)) return 'error';
  if (status === wentAway || code === asksForDocument) return 'debug';
  return code !== null || (status !== 'websocket' && status >= 400) ? 'warn' : 'debug';
};

/** One line for each operation: what went well is detail. */
export const createLogOperation =
  (logger: Logger) =>
  (record: OperationRecord, status: Status, seconds: number): void => {
    const level = levelOf(record, status);
    if (!logger.isLevelEnabled(level)) return;
    const { requestId, operation, client, code, traceparent } = record;
    logger[level](
      {
        requestId,
        traceId: readTraceparent(traceparent)?.traceId,
        operation: operation?.name,
        type: operation?.type,
        client: client.name,
        version: client.version,
        status,
        code: code ?? undefined,
        milliseconds: Math.round(seconds * 1000),
      },
      level === 'debug' ? 'an operation was answered' : 'an operation was answered with an error',
    );
  };
