import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';

const schema = z.object({
  ...serviceConfig(4002),
  PRODUCTS_DATABASE_URL: z.url(),
  /** Where the public finds `/catalogue` of this service; without it, only this machine does. */
  CATALOGUE_PUBLIC_URL: z.preprocess((text) => text || undefined, z.url().optional()),
});

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);
