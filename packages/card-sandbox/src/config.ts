import { z } from 'zod';

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  SANDBOX_FILE: z.string().optional(),
  SANDBOX_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SANDBOX_SLOW_MS: z.coerce.number().int().nonnegative().default(5_000),
  SANDBOX_ERRORS_PER_KEY: z.coerce.number().int().nonnegative().default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Names every bad variable at once. */
export const loadConfig = (env: Record<string, string | undefined>): z.output<typeof schema> => {
  const read = schema.safeParse(env);
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`These environment variables cannot be used:\n${lines.join('\n')}`);
};
