/** What each service is told at its start. */
import path from 'node:path';
import { type SubgraphName, subgraphNames } from '@emporium/database';
import type { Environment } from '../environment.ts';
import type { Parts } from '../parts.ts';
import { placesIn } from '../repository.ts';
import { publicHalf, publicKeySet, type Secrets } from '../secrets.ts';
import type { ServicePorts } from './service-ports.ts';

/** Everything that runs on its own beside the servers, in the order in which it is told. */
export const serviceNames = ['card-sandbox', ...subgraphNames, 'gateway'] as const;

/** One of them. */
export type ServiceName = (typeof serviceNames)[number];

/** What the variables are made of. */
export type ServiceSetting = {
  root: string;
  dataFolder: string;
  env: Environment;
  parts: Parts;
  ports: ServicePorts;
  secrets: Secrets;
};

const loopback = (port: number, scheme = 'http'): string => `${scheme}://127.0.0.1:${port}`;

/** Where a service answers. */
export const serviceUrl = (ports: ServicePorts, name: ServiceName): string => loopback(ports[name]);

const subgraphEnvironment = (
  name: SubgraphName,
  { dataFolder, env, parts, ports, secrets }: ServiceSetting,
): Environment => ({
  [`${name.toUpperCase()}_DATABASE_URL`]: parts.database.runtime[name],
  NATS_URL: parts.nats[name],
  INTERNAL_JWKS: JSON.stringify(publicKeySet(secrets.internalKey)),
  ...(name === 'products' && { REDIS_URL: parts.redis }),
  ...(name === 'orders' && {
    REDIS_URL: parts.redis,
    CARD_TOKEN_PUBLIC_KEY: JSON.stringify(publicHalf(secrets.cardTokenKey)),
    // Load tests are many guests in one network; the environment may say otherwise.
    LIMIT_GUEST_CARTS_PER_HOUR: env.LIMIT_GUEST_CARTS_PER_HOUR || '100000',
    LIMIT_GUEST_ORDERS_PER_HOUR: env.LIMIT_GUEST_ORDERS_PER_HOUR || '100000',
  }),
  ...(name === 'users' && {
    REDIS_URL: parts.redis,
    ACCESS_TOKEN_SIGNING_KEY: JSON.stringify(secrets.accessTokenKey),
    DATA_KEYS: JSON.stringify([secrets.dataKey]),
    MAIL_FOLDER: path.join(dataFolder, 'mail'),
    // No mail reaches these, so nobody could show that it does: the demonstration's and the commands' people.
    TRUSTED_EMAIL_DOMAINS: env.TRUSTED_EMAIL_DOMAINS || 'emporium.test,example.test',
    // Imports and replays register their customers; the environment may say otherwise.
    LIMIT_REGISTRATIONS_PER_MINUTE: env.LIMIT_REGISTRATIONS_PER_MINUTE || '600',
    AVATAR_FOLDER: env.AVATAR_FOLDER || placesIn(dataFolder).avatars,
    // The demonstration and the import open shops, and nobody sits there to approve them.
    SELLER_APPROVAL: env.SELLER_APPROVAL || 'auto',
  }),
  ...(name === 'products' && {
    PRODUCT_IMAGE_FOLDER: env.PRODUCT_IMAGE_FOLDER || placesIn(dataFolder).productImages,
  }),
  ...(name === 'payments' && {
    CARD_PROVIDER_URL: serviceUrl(ports, 'card-sandbox'),
    DATA_KEYS: JSON.stringify([secrets.paymentsDataKey]),
    CARD_TOKEN_KEYS: JSON.stringify([secrets.cardTokenKey]),
    COMMISSION_BASIS_POINTS: env.COMMISSION_BASIS_POINTS || '0',
    // Nobody here reads mail.
    WITHDRAWAL_FOR: env.WITHDRAWAL_FOR || 'everyone',
  }),
});

/** Where somebody might guess, or make us hash: `docker-compose.yml` names the same. */
export const strictFields = [
  'login',
  'register',
  'refreshSession',
  'proveIdentity',
  'disableTotp',
  'beginSignIn',
  'completeSignIn',
  'linkIdentity',
  'requestEmailVerification',
  'verifyEmail',
  'requestPasswordReset',
  'resetPassword',
  'changePassword',
  'changeEmail',
  'confirmEmailChange',
  'deleteAccount',
];

const gatewayEnvironment = ({ root, env, parts, ports, secrets }: ServiceSetting): Environment => ({
  SUPERGRAPH_PATH: path.join(root, 'schema/supergraph.graphql'),
  USERS_JWKS_URL: `${serviceUrl(ports, 'users')}/.well-known/jwks.json`,
  INTERNAL_SIGNING_KEY: JSON.stringify(secrets.internalKey),
  REDIS_URL: parts.redis,
  NATS_URL: parts.nats.gateway,
  STRICT_FIELDS: strictFields.join(','),
  // People know their sessions by the devices.
  PROPAGATE_HEADERS: '{"users":["user-agent"]}',
  // Imports, replays and load tests are one client that asks for a great many; the environment may say otherwise.
  LIMIT_REQUESTS_PER_MINUTE: env.LIMIT_REQUESTS_PER_MINUTE || '600000',
  LIMIT_OPERATIONS_PER_MINUTE: env.LIMIT_OPERATIONS_PER_MINUTE || '600000',
  LIMIT_STRICT_FIELDS_PER_MINUTE: env.LIMIT_STRICT_FIELDS_PER_MINUTE || '6000',
  // A machine that starts and builds everything at once is late, and whoever asks then would rather wait.
  MAX_EVENT_LOOP_DELAY_MS: env.MAX_EVENT_LOOP_DELAY_MS || '10000',
  // A service that was restarted here should be asked again at once, and one that is down costs nothing to ask.
  BREAKER_MIN_FETCHES: env.BREAKER_MIN_FETCHES || '10000',
  ...Object.fromEntries(
    subgraphNames.map((name) => [
      `SUBGRAPH_URL_${name.toUpperCase()}`,
      `${serviceUrl(ports, name)}/graphql`,
    ]),
  ),
});

/** The variables of one service; nothing secret in them that is another's. */
export const serviceEnvironment = (name: ServiceName, setting: ServiceSetting): Environment => {
  const common = { HOST: '127.0.0.1', PORT: String(setting.ports[name]) };
  if (name === 'card-sandbox') return { ...common, SANDBOX_FILE: placesIn(setting.dataFolder).cards };
  if (name === 'gateway') return { ...common, ...gatewayEnvironment(setting) };
  return { ...common, ...subgraphEnvironment(name, setting) };
};

const ours =
  /^(\w+_)?DATABASE_URL$|^(NATS|REDIS|CARD_PROVIDER)_URL$|^(HOST|PORT)$|_SIGNING_KEY$|^INTERNAL_JWKS$|^DATA_KEYS$|^CARD_TOKEN_(PUBLIC_KEY|KEYS)$/;

/** The rest of our own environment (paths, limits, log level), without what each service must get from us alone. */
export const inheritedEnvironment = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
