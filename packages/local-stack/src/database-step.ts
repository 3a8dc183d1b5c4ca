import { bootstrapDatabase, migrate } from '@emporium/database';
import type { Parts } from './parts.ts';
import type { Secrets } from './secrets.ts';

/** Roles, schemas and migrations, all of which may be there already; answers how many migrations were applied. */
export const prepareDatabase = async (
  { database }: Parts,
  { roles }: Secrets,
  say: (progress: string) => void = () => undefined,
): Promise<number> => {
  say('roles');
  await bootstrapDatabase({ adminUrl: database.admin, passwords: roles });
  say('migrations');
  const migrated = await migrate({
    ownerUrls: database.owner,
    onMigrated: ({ subgraph }) => say(subgraph),
  });
  return migrated.reduce((count, { applied }) => count + applied.length, 0);
};
