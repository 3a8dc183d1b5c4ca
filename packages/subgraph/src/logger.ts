import { currentCause } from '@emporium/messaging';
import { logOutput, readTraceparent } from '@emporium/telemetry';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

export type { Logger } from 'pino';

/** The request and the trace that a line belongs to. */
const origin = () => {
  const { requestId, traceparent } = currentCause();
  return { requestId, traceId: readTraceparent(traceparent)?.traceId };
};

/** Structured logs on standard output. Tokens and secrets are removed by name, wherever they stand one level deep. */
export const createLogger = (
  service: string,
  level: string,
  destination: DestinationStream = logOutput(),
): Logger => {
  const options: LoggerOptions = {
    level,
    base: { service },
    mixin: origin,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        'token',
        'password',
        'authorization',
        'cookie',
        '*.token',
        '*.password',
        '*.authorization',
        '*.cookie',
      ],
      remove: true,
    },
  };
  return pino(options, destination);
};
