import type { JWK } from 'jose';
import { z } from 'zod';
import { headerRules } from './propagation/header-rules.ts';

/** The environment names a value that cannot be used; its message has one line per variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
});

const signingKey = json
  .pipe(
    z.looseObject({
      kty: z.literal('OKP', 'must be a private Ed25519 key (kty OKP)'),
      crv: z.literal('Ed25519', 'must be a private Ed25519 key (crv Ed25519)'),
      x: z.string('must hold x'),
      d: z.string('must be a private key: d is missing'),
      kid: z.string().optional(),
    }),
  )
  .transform((key) => key as JWK);

const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be origins such as https://shop.example, separated by commas',
  );

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const positive = (fallback: number) =>
  z.coerce.number('must be a whole number').int().positive().default(fallback);

const perMinute = (fallback: number) =>
  z.coerce.number('must be a whole number').int().min(0).default(fallback);

const variables = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('must be a port').int().min(0).max(65_535).default(4000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Relative to the working directory, or to the nearest folder above it that has it. */
  SUPERGRAPH_PATH: z.string().min(1).default('schema/supergraph.graphql'),
  INTROSPECTION: z.stringbool().optional(),
  USERS_JWKS_URL: z.url(),
  ACCESS_TOKEN_ISSUER: z.string().min(1).default('emporium-users'),
  ACCESS_TOKEN_AUDIENCE: z.string().min(1).default('emporium'),
  INTERNAL_SIGNING_KEY: signingKey,
  /** Origins whose pages may call with cookies; by default the gateway's own on loopback. */
  ALLOWED_ORIGINS: z.string().transform(list).pipe(z.array(origin)).optional(),
  /** How many proxies in front of this process append to x-forwarded-for. */
  TRUST_PROXY: z.coerce.number('must be a whole number').int().min(0).default(0),
  /** The one subgraph that sees the refresh cookie and the session header, and may set cookies. */
  SET_COOKIE_FROM: z.string().min(1).default('users'),
  ACCESS_COOKIE: z.string().min(1).default('emporium_access'),
  REFRESH_COOKIE: z.string().min(1).default('emporium_refresh'),
  SESSION_HEADER: z.string().min(1).toLowerCase().default('x-emporium-session'),
  /** Headers of a client that subgraphs get: names for all, or JSON by subgraph. */
  PROPAGATE_HEADERS: headerRules,
  /** What several gateways share; without it each keeps its own. */
  REDIS_URL: z.url().optional(),
  /** Where messages come from that a gateway must be told at run time; without it, none do. */
  NATS_URL: z.url().optional(),
  SUBGRAPH_TIMEOUT_MS: positive(10_000),
  /** A longer answer of a subgraph counts as none. */
  MAX_SUBGRAPH_ANSWER_BYTES: positive(64 * 1024 * 1024),
  /** For a whole request to come in; its headers have a third of it. */
  REQUEST_TIMEOUT_MS: positive(30_000),
  MAX_BODY_BYTES: positive(1024 * 1024),
  MAX_TOKENS: positive(5_000),
  /** Levels of fields; introspection by common tools needs about 15. */
  MAX_DEPTH: positive(20),
  /** List items that one operation may ask for, pages in pages multiplied. */
  MAX_NODES: positive(20_000),
  /** Events that may wait for one slow subscriber. */
  MAX_WAITING_EVENTS: positive(1_000),
  MAX_SUBSCRIPTIONS_PER_SOCKET: positive(100),
  /** Without a signed-in viewer, those of an address are counted together. */
  MAX_SUBSCRIPTIONS_PER_VIEWER: positive(1_000),
  MAX_SOCKETS_PER_VIEWER: positive(200),
  /** From one address; an IPv6 address counts as its /64. 0 is no limit, here and below. */
  LIMIT_REQUESTS_PER_MINUTE: perMinute(30_000),
  /** Of one signed-in viewer. */
  LIMIT_OPERATIONS_PER_MINUTE: perMinute(6_000),
  /** From one address, all strict fields together. */
  LIMIT_STRICT_FIELDS_PER_MINUTE: perMinute(120),
  /** Root fields, such as a login, whose every occurrence is counted before it runs. */
  STRICT_FIELDS: z.string().default('').transform(list),
});

const overrides = z.record(z.string(), z.url());
const overridePrefix = 'SUBGRAPH_URL_';

/** Names every bad variable at once; throws ConfigError. Only main.ts calls this with the real environment. */
export const loadConfig = (env: Record<string, string | undefined>) => {
  const read = variables.safeParse(env, {
    error: ({ input }) => (input === undefined ? 'is missing' : undefined),
  });
  const urls = overrides.safeParse(
    Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith(overridePrefix))),
  );
  if (!read.success || !urls.success) {
    const issues = [...(read.error?.issues ?? []), ...(urls.error?.issues ?? [])];
    const lines = issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new ConfigError(`These environment variables cannot be used:\n${lines.join('\n')}`);
  }
  const { PORT, NODE_ENV } = read.data;
  return {
    ...read.data,
    ALLOWED_ORIGINS: read.data.ALLOWED_ORIGINS ?? [`http://localhost:${PORT}`, `http://127.0.0.1:${PORT}`],
    INTROSPECTION: read.data.INTROSPECTION ?? NODE_ENV !== 'production',
    /** By the end of the variable's name: `SUBGRAPH_URL_ORDERS` is the URL of ORDERS. */
    SUBGRAPH_URLS: Object.fromEntries(
      Object.entries(urls.data).map(([name, url]) => [name.slice(overridePrefix.length), url]),
    ),
  };
};

export type Config = ReturnType<typeof loadConfig>;
