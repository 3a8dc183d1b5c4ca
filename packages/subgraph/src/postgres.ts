import { setFlagsFromString } from 'node:v8';
import { PrismaPg } from '@prisma/adapter-pg';
import { createStatementNames } from './statement-names.ts';

/**
 * How long a connection stays that nobody uses. A new one costs whoever waits for it several times what a read takes, until it knows the
 * tables and has its plans; the driver's own ten seconds would end most of a service's between two rushes.
 */
export const idleTimeoutMillis = 300_000;

/**
 * Session options of those who read by key alone: a statement that is named is planned once, for all values, and by its
 * indexes, however few rows its tables had at that moment (ADR 115).
 */
export const plannedOnce =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off';

/**
 * Prisma plans a query in WebAssembly, and keeps the plan. Optimizing that code costs a process half a second of processor time
 * when it starts, for what is then hardly run; it is compiled once, as it is loaded, which is after the first adapter is made.
 */
const leavePlannerAsCompiled = (): void => setFlagsFromString('--liftoff-only');

/**
 * Prisma's adapter for one subgraph's schema of the shared database. Both the search path (raw SQL) and the schema
 * option (models) are needed. `options` are further ones of each session.
 */
export const postgresAdapter = (
  connectionString: string,
  schema: string,
  max = 10,
  options = '',
): PrismaPg => {
  leavePlannerAsCompiled();
  return new PrismaPg(
    { connectionString, max, idleTimeoutMillis, options: `-c search_path=${schema} ${options}` },
    // The driver takes no name for an answer, though the type does not say so.
    { schema, statementNameGenerator: createStatementNames() as (query: { sql: string }) => string },
  );
};
