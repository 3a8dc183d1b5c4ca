import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';

const schema = z.object({
  ...serviceConfig(4003),
  INVENTORY_DATABASE_URL: z.url(),
  /** How long units are kept for somebody who has not ordered them. */
  HOLD_SECONDS: z.coerce.number().int().positive().max(86_400).default(600),
  /** How often holds are looked for whose time is over. */
  HOLD_POLL_MS: z.coerce.number().int().positive().default(5000),
});

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);
