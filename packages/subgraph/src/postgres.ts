import { PrismaPg } from '@prisma/adapter-pg';
import { createStatementNames } from './statement-names.ts';

/**
 * Prisma's adapter for one subgraph's schema of the shared database. Both the search path (raw SQL) and the schema
 * option (models) are needed.
 */
export const postgresAdapter = (connectionString: string, schema: string, max = 10): PrismaPg =>
  new PrismaPg(
    { connectionString, max, options: `-c search_path=${schema}` },
    // The driver takes no name for an answer, though the type does not say so.
    { schema, statementNameGenerator: createStatementNames() as (query: { sql: string }) => string },
  );
