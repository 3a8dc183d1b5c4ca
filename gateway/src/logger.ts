import { logOutput } from '@emporium/telemetry';
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Structured logs on standard output. Credentials are removed by name, wherever they stand one level deep. */
export const createLogger = (level: string): Logger =>
  pino(
    {
      level,
      base: { service: 'gateway' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: ['token', 'authorization', 'cookie', '*.token', '*.authorization', '*.cookie'],
        remove: true,
      },
    },
    logOutput(),
  );

/** Where Apollo's libraries log. */
export type ApolloLogger = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (message?: unknown) => void>
>;

/** What Apollo finds worth telling is detail here. */
export const apolloLogger = (logger: Logger): ApolloLogger => ({
  debug: (message) => logger.trace(message),
  info: (message) => logger.debug(message),
  warn: (message) => logger.warn(message),
  error: (message) => logger.error(message),
});
