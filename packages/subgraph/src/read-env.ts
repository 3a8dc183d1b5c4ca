import type { z } from 'zod';

/** The environment names a value that cannot be used; its message has one line per variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Environment to typed configuration. Names every bad variable at once; throws ConfigError. */
export const readEnv = <Schema extends z.ZodType>(
  schema: Schema,
  env: Record<string, string | undefined>,
): z.output<Schema> => {
  const read = schema.safeParse(env);
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new ConfigError(`These environment variables cannot be used:\n${lines.join('\n')}`);
};
