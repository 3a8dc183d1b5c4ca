import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';

const schema = z.object({
  ...serviceConfig(4002),
  PRODUCTS_DATABASE_URL: z.url(),
  REDIS_URL: z.url(),
  /** Mebibytes of this process that hold the products that are asked for most. */
  HOT_PRODUCTS_MIB: z.coerce.number().int().min(1).max(4_096).default(64),
});

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);
