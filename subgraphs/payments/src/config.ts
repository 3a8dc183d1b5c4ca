import { dataKeys, recipientPrivateKeys } from '@emporium/encryption';
import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';
import type { ProviderName } from './domain/provider.ts';
import { readRoutes } from './domain/provider-routing.ts';

const noneWhenEmpty = (text: unknown) => (text === '' ? undefined : text);

const secret = z.preprocess(noneWhenEmpty, z.string().optional());

const routes = z.string().transform((text, context) => {
  const read = readRoutes(text);
  if (typeof read !== 'string') return read;
  context.addIssue(read);
  return z.NEVER;
});

const prefixes = z.string().transform((text) => text.split(',').filter((prefix) => prefix !== ''));

const variables = z.object({
  ...serviceConfig(4005),
  PAYMENTS_DATABASE_URL: z.url(),
  /** Who is asked for a card's money, by currency: `GBP=stripe,sandbox;*=sandbox`. Whoever comes later is asked when an earlier one was not reached. */
  CARD_PROVIDERS: routes.default(new Map([['*', ['sandbox']]])),
  /** Where the sandbox answers, if it is anybody's provider. */
  CARD_PROVIDER_URL: z.preprocess(noneWhenEmpty, z.url().optional()),
  /** What the tokens begin with that each provider takes. */
  SANDBOX_TOKENS: prefixes.default(['tok_', 'pm_sandbox_']),
  STRIPE_TOKENS: prefixes.default(['pm_']),
  STRIPE_SECRET_KEY: secret,
  /** With it Stripe's events are heard, at `/webhooks/stripe`. */
  STRIPE_WEBHOOK_SECRET: secret,
  /** Where a bank sends a buyer back to; without it the shop's page has Stripe's script ask them. */
  STRIPE_RETURN_URL: z.preprocess(noneWhenEmpty, z.url().optional()),
  /** Where Stripe's API answers, when it is not Stripe. */
  STRIPE_API_URL: z.preprocess(noneWhenEmpty, z.url().optional()),
  /** A buyer who wants to pay with PayPal gives a token that begins so; which one, it does not matter. */
  PAYPAL_TOKENS: prefixes.default(['paypal']),
  PAYPAL_CLIENT_ID: secret,
  PAYPAL_CLIENT_SECRET: secret,
  /** Which webhook of PayPal's its events are for: they are signed for that one, and heard at `/webhooks/paypal`. */
  PAYPAL_WEBHOOK_ID: secret,
  /** Where PayPal sends a buyer back to. */
  PAYPAL_RETURN_URL: z.preprocess(noneWhenEmpty, z.url().optional()),
  /** Where PayPal's API answers: `https://api-m.sandbox.paypal.com` is PayPal's own sandbox. */
  PAYPAL_API_URL: z.preprocess(noneWhenEmpty, z.url().default('https://api-m.paypal.com')),
  /** Secret JWKs of 32 bytes, as a JSON array: the first seals the provider's tokens, all open them. */
  DATA_KEYS: dataKeys,
  /** Private RSA JWKs, as a JSON array: cards' tokens that orders sealed are opened with whichever it was. */
  CARD_TOKEN_KEYS: recipientPrivateKeys,
  /** How many cards are charged at a time. */
  CARD_CONCURRENCY: z.coerce.number().int().min(1).max(1000).default(16),
  /** What the marketplace keeps of a sale where no rate is set, in basis points: 250 is 2.5 %. */
  COMMISSION_BASIS_POINTS: z.coerce.number().int().min(0).max(10_000).default(0),
  /** How old the newest exchange rate may be, in days, to be promised to a seller: longer than a long weekend of banks. */
  EXCHANGE_RATE_DAYS: z.coerce.number().int().min(0).max(36_500).default(7),
  /** How long after shipping a silent buyer's money goes to the seller. */
  AUTO_RELEASE_DAYS: z.coerce.number().positive().default(7),
  /** How often the clock of shipped escrow is looked at. */
  AUTO_RELEASE_POLL_MS: z.coerce.number().int().positive().default(60_000),
  /** How often the books are folded and sealed. */
  LEDGER_SEAL_MS: z.coerce.number().int().positive().default(1000),
  /** How often the balances of a few accounts are compared with their entries. */
  LEDGER_CHECK_MS: z.coerce.number().int().positive().default(5000),
  /** How many hours after its end, in UTC, a day is compared with the card provider's report. */
  RECONCILIATION_AFTER_HOURS: z.coerce.number().int().min(1).max(48).default(3),
  /** How many days back a day is still compared that has not been. */
  RECONCILIATION_DAYS_BACK: z.coerce.number().int().min(1).max(366).default(30),
  /** How often is looked for days that are due. */
  RECONCILIATION_POLL_MS: z.coerce.number().int().positive().default(300_000),
  /** `verified`: only who has proven their e-mail address takes money out. `everyone` is for development. */
  WITHDRAWAL_FOR: z.enum(['verified', 'everyone']).default('verified'),
});

/** Whoever is to be asked must be known. */
const schema = variables.superRefine((config, context) => {
  const named = new Set([...config.CARD_PROVIDERS.values()].flat());
  for (const provider of named)
    for (const variable of neededBy[provider])
      if (config[variable] === undefined)
        context.addIssue({ code: 'custom', path: [variable], message: `CARD_PROVIDERS names ${provider}` });
});

const neededBy = {
  sandbox: ['CARD_PROVIDER_URL'],
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  paypal: ['PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET', 'PAYPAL_WEBHOOK_ID', 'PAYPAL_RETURN_URL'],
} as const satisfies Record<ProviderName, readonly (keyof z.output<typeof variables>)[]>;

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. Only main.ts calls this; only main.ts says `process.env`. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);

const resealSchema = z.object({ PAYMENTS_DATABASE_URL: z.url(), DATA_KEYS: dataKeys });

/** What sealing anew needs, of the service's own variables. */
export const loadResealConfig = (env: Record<string, string | undefined>): z.output<typeof resealSchema> =>
  readEnv(resealSchema, env);

const auditSchema = z.object({ AUDITOR_DATABASE_URL: z.url() });

/** What the audit of the books needs. */
export const loadAuditConfig = (env: Record<string, string | undefined>): z.output<typeof auditSchema> =>
  readEnv(auditSchema, env);
