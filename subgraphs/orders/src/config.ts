import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';

const seconds = z.coerce.number().int().positive();
/** Few enough that the database can reckon back as far. */
const days = z.coerce.number().int().positive().max(36_500);

const schema = z.object({
  ...serviceConfig(4004),
  ORDERS_DATABASE_URL: z.url(),
  /** How long inventory may take to answer, from when the question was published. */
  RESERVE_DEADLINE_SECONDS: seconds.default(20),
  /** How long payments may take. */
  PAY_DEADLINE_SECONDS: seconds.default(30),
  /** For how many days nobody may touch a guest's cart before it goes. */
  CART_GUEST_DAYS: days.default(30),
  /** For how many days nobody may touch an account's cart before it is emptied. */
  CART_ACCOUNT_DAYS: days.default(180),
  REDIS_URL: z.url(),
  /** How many carts the guests of one network may open in an hour. */
  LIMIT_GUEST_CARTS_PER_HOUR: z.coerce.number().int().positive().default(200),
});

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);
