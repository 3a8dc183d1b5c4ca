import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Structured logs on standard output. Credentials are removed by name, wherever they stand one level deep. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: { service: 'gateway' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['token', 'authorization', 'cookie', '*.token', '*.authorization', '*.cookie'],
      remove: true,
    },
  });
