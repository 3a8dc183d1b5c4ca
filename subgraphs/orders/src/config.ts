import { recipientPublicKey } from '@emporium/encryption';
import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';
import type { PurchaseTerms } from './domain/purchase-step.ts';

const seconds = z.coerce.number().int().positive();
/** Few enough that the database can reckon back as far. */
const days = z.coerce.number().int().positive().max(36_500);

const retries = z.coerce.number().int().nonnegative().max(10);

const schema = z.object({
  ...serviceConfig(4004),
  ORDERS_DATABASE_URL: z.url(),
  /** How long inventory may take to answer, from when the question was published, over all times that it is asked. */
  RESERVE_DEADLINE_SECONDS: seconds.default(20),
  RESERVE_RETRIES: retries.default(1),
  /** How long payments may take. */
  PAY_DEADLINE_SECONDS: seconds.default(30),
  /** For how many days nobody may touch a guest's cart before it goes. */
  CART_GUEST_DAYS: days.default(30),
  /** For how many days nobody may touch an account's cart before it is emptied. */
  CART_ACCOUNT_DAYS: days.default(180),
  REDIS_URL: z.url(),
  /** Payments' public key, an RSA JWK as JSON: cards' tokens are sealed with it. */
  CARD_TOKEN_PUBLIC_KEY: recipientPublicKey,
  /** Where clients fetch files of orders, as they reach it; without it, straight from this service. */
  ORDER_EXPORT_PUBLIC_URL: z.url().optional(),
  /** For how many days who a guest was is kept when their order has ended. */
  GUEST_ORDER_DAYS: days.default(90),
  /** How many carts the guests of one network may open in an hour. */
  LIMIT_GUEST_CARTS_PER_HOUR: z.coerce.number().int().positive().default(200),
  /** How many orders the guests of one network may place in an hour, refused ones and the same again included. */
  LIMIT_GUEST_ORDERS_PER_HOUR: z.coerce.number().int().positive().default(100),
  /** For how many days what has arrived may be sent back. */
  RETURN_DAYS: days.default(30),
  PAY_RETRIES: retries.default(1),
  /** How long a buyer has, from when the payment was asked for, to do what their bank wants of them. */
  PAY_BUYER_SECONDS: seconds.default(900),
  /** How long the money of an order that came to nothing may take to go back before a person has to look. */
  REFUND_DEADLINE_SECONDS: seconds.default(3600),
  REFUND_RETRIES: retries.default(3),
});

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);

/** What `npm run orders:rebuild` needs: an administrator's URL, as a deployment has it. */
export const loadRebuildConfig = (env: Record<string, string | undefined>) =>
  readEnv(z.object({ DATABASE_URL: z.url() }), env);

/** What each step may take, how often it is asked for, and what happens then. */
export const purchaseTerms = (config: Config): PurchaseTerms => {
  const each = (total: number, retries: number) => ({ seconds: Math.ceil(total / (retries + 1)), retries });
  return {
    RESERVE: { ...each(config.RESERVE_DEADLINE_SECONDS, config.RESERVE_RETRIES), lastResort: 'FAIL' },
    PAY: {
      ...each(config.PAY_DEADLINE_SECONDS, config.PAY_RETRIES),
      lastResort: 'FAIL',
      buyerSeconds: config.PAY_BUYER_SECONDS,
    },
    REFUND: { ...each(config.REFUND_DEADLINE_SECONDS, config.REFUND_RETRIES), lastResort: 'PARK' },
  };
};
