import { type SubgraphName, withClient } from '@emporium/database';
import type { TestDatabase } from './test-postgres.ts';

/**
 * Leaves nothing in a subgraph's tables but what its migrations wrote into those of `keep`: a tenth of what another database
 * costs. No trigger runs, so that what is only ever appended to is emptied, too.
 */
export const emptyTables = async (
  { adminUrl }: TestDatabase,
  subgraph: SubgraphName,
  keep: readonly string[] = [],
): Promise<void> => {
  await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname = $1 AND tablename <> ALL ($2)`,
      [subgraph, ['_prisma_migrations', ...keep]],
    );
    const deletes = rows.map(({ name }) => `DELETE FROM ${name}`);
    await client.query(['SET session_replication_role = replica', ...deletes].join('; '));
  });
};
