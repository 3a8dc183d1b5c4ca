import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Structured logs on standard output. Tokens and secrets are removed by name, wherever they stand one level deep. */
export const createLogger = (service: string, level: string): Logger =>
  pino({
    level,
    base: { service },
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
  });
