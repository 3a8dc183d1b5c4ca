import { bootstrapDatabase } from './bootstrap.ts';
import type { DeployConfig } from './deploy-config.ts';
import { migrate } from './migrate.ts';
import { databaseOf, databaseUrls } from './urls.ts';

/** Prepares the database and applies all migrations, with one line to `log` per step. */
export const deploy = async (
  { adminUrl, passwords }: DeployConfig,
  log: (step: string, details: object) => void,
  folder?: string,
): Promise<void> => {
  const outcome = await bootstrapDatabase({ adminUrl, passwords });
  log('database ready', { database: databaseOf(adminUrl), ...outcome });
  await migrate({
    ownerUrls: databaseUrls(adminUrl, passwords).owner,
    ...(folder === undefined ? {} : { folder }),
    onMigrated: ({ subgraph, applied }) => log('schema migrated', { subgraph, applied }),
  });
};
