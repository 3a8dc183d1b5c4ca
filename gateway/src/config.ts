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

/** NATS' own rule: tokens without spaces between dots; `*` for one of them, `>` for all that follow. */
const subject = (fallback: string) =>
  z
    .string()
    .regex(/^[^\s.]+(\.[^\s.]+)*$/, 'must be a NATS subject such as emporium.*.cache-invalidated.v1')
    .default(fallback);

/** An empty value means the same as none, as compose files pass it on. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((text) => (text === '' ? undefined : text), schema.optional());

const perMinute = (fallback: number) =>
  z.coerce.number('must be a whole number').int().min(0).default(fallback);

const variables = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('must be a port').int().min(0).max(65_535).default(4000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Relative to the working directory, or to the nearest folder above it that has it. */
  SUPERGRAPH_PATH: z.string().min(1).default('schema/supergraph.graphql'),
  /** How often to look whether the supergraph's file has changed; 0 is never, but on SIGHUP. */
  SUPERGRAPH_POLL_MS: z.coerce.number('must be a whole number').int().min(0).default(1_000),
  INTROSPECTION: z.stringbool().optional(),
  /** Whether queries and mutations are served as REST at `/api`, too. */
  REST_API: z.stringbool().default(true),
  /** Public keys of access tokens; without it everybody is anonymous, and a bearer token refused. */
  USERS_JWKS_URL: z.url().optional(),
  ACCESS_TOKEN_ISSUER: z.string().min(1).default('emporium-users'),
  ACCESS_TOKEN_AUDIENCE: z.string().min(1).default('emporium'),
  /** Signs the tokens that tell subgraphs who asks; without it they are told nothing. */
  INTERNAL_SIGNING_KEY: signingKey.optional(),
  /** Origins whose pages may call with cookies; by default the gateway's own on loopback. */
  ALLOWED_ORIGINS: z.string().transform(list).pipe(z.array(origin)).optional(),
  /** How many proxies in front of this process append to x-forwarded-for. */
  TRUST_PROXY: z.coerce.number('must be a whole number').int().min(0).default(0),
  /** The one subgraph that sees the refresh cookie, the sign-in cookie and the session header, and may set cookies. */
  SET_COOKIE_FROM: z.string().min(1).default('users'),
  ACCESS_COOKIE: z.string().min(1).default('emporium_access'),
  REFRESH_COOKIE: z.string().min(1).default('emporium_refresh'),
  /** What ties a sign-in with a provider to the browser that began it. */
  SIGN_IN_COOKIE: z.string().min(1).default('emporium_sign_in'),
  SESSION_HEADER: z.string().min(1).toLowerCase().default('x-emporium-session'),
  /** Headers of a client that subgraphs get: names for all, or JSON by subgraph. */
  PROPAGATE_HEADERS: headerRules,
  /** What several gateways share; without it each keeps its own. */
  REDIS_URL: z.url().optional(),
  /** Where messages come from that a gateway must be told at run time; without it, none do. */
  NATS_URL: z.url().optional(),
  /** Whether answers are kept that `@cacheControl` lets be kept. */
  RESPONSE_CACHE: z.stringbool().default(true),
  NATS_INVALIDATION_SUBJECT: subject('emporium.*.cache-invalidated.v1'),
  NATS_REVOCATION_SUBJECT: subject('emporium.*.sessions-revoked.v1'),
  /** For how long an access token may outlive its session, and so for how long a revocation counts. */
  ACCESS_TOKEN_LIFETIME_S: positive(600),
  /** Where traces go, by OTLP over HTTP; without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(z.url()),
  /** Names of operations, and of clients, that have series of their own in the metrics. */
  METRICS_OPERATIONS: positive(100),
  METRICS_CLIENTS: positive(20),
  /** With both, usage is reported to Apollo Studio. */
  APOLLO_KEY: optional(z.string()),
  APOLLO_GRAPH_REF: optional(z.string()),
  APOLLO_USAGE_REPORTING_URL: optional(z.url()),
  /** Whether documents that the manifest does not hold run, run and are logged, or are refused. */
  TRUSTED_DOCUMENTS: z.enum(['off', 'log', 'enforce']).default('off'),
  /** A manifest of trusted documents in Apollo's format; `npm run persist` makes one. */
  TRUSTED_DOCUMENTS_PATH: z.string().min(1).optional(),
  /** For a subgraph's whole answer to come in, the wait for a connection included. */
  SUBGRAPH_TIMEOUT_MS: positive(10_000),
  /** Whether identical queries to a subgraph, for one viewer, are sent once while they are in flight. */
  DEDUPLICATE_FETCHES: z.stringbool().default(true),
  /** The share of a subgraph's fetches that must fail within ten seconds for it to be asked no more. */
  BREAKER_FAILURE_RATIO: z.coerce.number('must be a number').gt(0).lt(1).default(0.5),
  /** Fetches within ten seconds that it takes to judge a subgraph. */
  BREAKER_MIN_FETCHES: positive(100),
  /** How long a subgraph is not asked before one fetch tries it again. */
  BREAKER_OPEN_MS: positive(1_000),
  /** How long the gateway goes on serving after it has said that it is not ready, so that load balancers hear of it. */
  DRAIN_DELAY_MS: z.coerce.number('must be a whole number').int().min(0).default(0),
  /** How long requests under way may then take to finish. */
  DRAIN_TIMEOUT_MS: positive(8_000),
  /** More operations than these at a time, and an event loop that is later than this on average, refuse what is new. */
  MAX_REQUESTS_IN_FLIGHT: positive(5_000),
  MAX_EVENT_LOOP_DELAY_MS: positive(1_000),
  /** A longer answer of a subgraph counts as none. */
  MAX_SUBGRAPH_ANSWER_BYTES: positive(64 * 1024 * 1024),
  /** For a whole request to come in; its headers have a third of it. */
  REQUEST_TIMEOUT_MS: positive(30_000),
  MAX_BODY_BYTES: positive(1024 * 1024),
  MAX_TOKENS: positive(5_000),
  /** Operations and fragments that one document may define. */
  MAX_DEFINITIONS: positive(100),
  MAX_ALIASES: positive(50),
  MAX_DIRECTIVES: positive(50),
  /** On one field, fragment or operation. */
  MAX_DIRECTIVES_IN_ONE_PLACE: positive(5),
  MAX_ROOT_FIELDS: positive(20),
  /** Fields of an operation, its fragments put in place; introspection by common tools needs about 300. */
  MAX_FIELDS: positive(1_000),
  /** Levels of fields; introspection by common tools needs about 15. */
  MAX_DEPTH: positive(20),
  /** List items that one operation may ask for, pages in pages multiplied. */
  MAX_NODES: positive(20_000),
  /** By `@cost` and `@listSize`: 1 for each object, where nothing else is said. */
  MAX_COST: positive(20_000),
  /** The length of a list that neither `@listSize` nor an argument tells. */
  ASSUMED_LIST_SIZE: positive(10),
  /** Events that may wait for one slow subscriber. */
  MAX_WAITING_EVENTS: positive(1_000),
  /** Events being completed at a time, of all subscriptions; fewer than BREAKER_MIN_FETCHES would all wait for one subgraph that is away. */
  MAX_EVENT_COMPLETIONS: positive(256),
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
  /** Of one operation, under whatever aliases. */
  MAX_STRICT_FIELDS: positive(5),
  /** One operation with strict fields begins in each such time; a storm of them leaves room for everybody else. 0: all at once. */
  STRICT_FIELDS_INTERVAL_MS: z.coerce.number().int().min(0).max(1_000).default(40),
});

const consistent = variables.refine(
  ({ TRUSTED_DOCUMENTS, TRUSTED_DOCUMENTS_PATH }) => TRUSTED_DOCUMENTS === 'off' || TRUSTED_DOCUMENTS_PATH,
  {
    path: ['TRUSTED_DOCUMENTS_PATH'],
    message: 'is missing: TRUSTED_DOCUMENTS needs a manifest',
  },
);

const overrides = z.record(z.string(), z.url());
const overridePrefix = 'SUBGRAPH_URL_';

/** Names every bad variable at once; throws ConfigError. Only main.ts calls this with the real environment. */
export const loadConfig = (given: Record<string, string | undefined>) => {
  // Compose files pass what is not set as nothing: for a limit, that is not none.
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const read = consistent.safeParse(env);
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
