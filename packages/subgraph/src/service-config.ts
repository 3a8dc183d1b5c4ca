import { z } from 'zod';

const jwks = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) }));

/** What every subgraph's environment must say, beside its own variables; spread it into the subgraph's zod object. */
export const serviceConfig = (defaultPort: number) => ({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(defaultPort),
  NATS_URL: z.url(),
  /** The gateway's public keys, as a JSON Web Key Set. */
  INTERNAL_JWKS: jwks,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Where traces go, by OTLP over HTTP; without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.preprocess((text) => (text === '' ? undefined : text), z.url().optional()),
  OUTBOX_POLL_MS: z.coerce.number().int().positive().default(1000),
});
