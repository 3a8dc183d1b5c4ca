import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';

const seconds = z.coerce.number().int().positive();

const schema = z.object({
  ...serviceConfig(4004),
  ORDERS_DATABASE_URL: z.url(),
  /** How long inventory may take to answer, from when the question was published. */
  RESERVE_DEADLINE_SECONDS: seconds.default(20),
  /** How long payments may take. */
  PAY_DEADLINE_SECONDS: seconds.default(30),
});

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);

/** What `npm run orders:rebuild` needs: an administrator's URL, as a deployment has it. */
export const loadRebuildConfig = (env: Record<string, string | undefined>) =>
  readEnv(z.object({ DATABASE_URL: z.url() }), env);
