import 'reflect-metadata';

export type { Tracer } from '@emporium/telemetry';
export { readDatabaseTime, readDatabaseTimeDaysAgo, readTransactionTime } from './database-clock.ts';
export { every } from './every.ts';
export {
  afterArgument,
  type Connection,
  connectionOf,
  type Edge,
  encodeCursor,
  firstArgument,
  type ListIdentity,
  type Page,
  PageInfo,
  readPage,
  toConnection,
} from './graphql/connection.ts';
export { entityDescriptions } from './graphql/entity-descriptions.ts';
export {
  badUserInput,
  busy,
  cursorExpired,
  forbidden,
  notFound,
  rateLimited,
  stepUpRequired,
  unauthenticated,
} from './graphql/errors.ts';
export { createFederatedSchema, type References } from './graphql/federated-schema.ts';
export { FormField } from './graphql/form-field.type.ts';
export { decimalsOf, MoneyInput, MoneyType, readMoney, showMoney } from './graphql/money.type.ts';
export { orderTokenArgument } from './graphql/order-token-argument.ts';
export { readKey, readOptionalKey } from './graphql/read-key.ts';
export { type RowReading, readRow } from './graphql/read-row.ts';
export { Refusal } from './graphql/refusal.type.ts';
export {
  refuseCardNumber,
  refuseCardNumberAsKey,
  refuseCardNumberIn,
} from './graphql/refuse-card-number.ts';
export { resolveType } from './graphql/resolve-type.ts';
export { resumable } from './graphql/resumable.ts';
export { CountryCodeScalar, CurrencyCodeScalar, DateTimeScalar, DecimalScalar } from './graphql/scalars.ts';
export { networkOf, sourceOf } from './identity/client-network.ts';
export { createTokenVerifier, type VerifyInternalToken } from './identity/internal-token.ts';
export { requireRecentProof } from './identity/recent-proof.ts';
export {
  anonymous,
  isAdmin,
  isSignedIn,
  isSupport,
  type Role,
  requireSignedIn,
  type SignedInViewer,
  type Viewer,
  type ViewerSession,
} from './identity/viewer.ts';
export { inTransaction } from './in-transaction.ts';
export { type KeyedReads, openKeyedReads } from './keyed-reads.ts';
export { createLine, type Line } from './line.ts';
export { follow } from './live/follow.ts';
export { createListeners } from './live/listeners.ts';
export { createLogger, type Logger } from './logger.ts';
export { openServiceTracer } from './open-service-tracer.ts';
export { type Operations, openOperations } from './operations/open-operations.ts';
export { operationsResolvers } from './operations/operations.resolver.ts';
export { withOperations } from './operations/operations-policy.ts';
export { isOverload } from './overload.ts';
export { planForRanges } from './plan-for-ranges.ts';
export {
  type Audience,
  admin,
  anyOf,
  customer,
  self,
  signedIn,
  support,
  those,
} from './policy/audience.ts';
export { checkPolicy } from './policy/check-policy.ts';
export { matrixOf, type Outcome, type Row } from './policy/matrix.ts';
export { decided, each, only, open, own, type Policy } from './policy/policy.ts';
export { type Seat, seats } from './policy/seats.ts';
export { pagesOf, refusals } from './policy/shared-policy.ts';
export { plannedOnce, postgresAdapter } from './postgres.ts';
export { ConfigError, readEnv } from './read-env.ts';
export { createRegistry } from './registry.ts';
export { discardRest } from './server/discard-rest.ts';
export { readinessOf } from './server/readiness.ts';
export { type RequestFacts, type SubgraphServer, serveSubgraph } from './server/serve-subgraph.ts';
export { serviceConfig } from './service-config.ts';
export { startService, stopOnSignal } from './shutdown.ts';
export { plannedAfresh } from './statement-names.ts';
export { straightToDriver } from './straight-to-driver.ts';
export { traceDatabase } from './trace-database.ts';
export { transactionLimits } from './transaction-limits.ts';
