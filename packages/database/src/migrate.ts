import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { withClient } from './connect.ts';
import { runtimeRole } from './roles.ts';
import { openEngine } from './schema-engine/engine.ts';
import { identifier } from './sql-text.ts';
import { type SubgraphName, subgraphNames } from './subgraph-names.ts';

/** Where the committed migrations live: `<folder>/<subgraph>/migrations`. True of the source and of the bundle. */
export const prismaFolder = path.resolve(import.meta.dirname, '../../../prisma');

/** The migrations that one subgraph got just now, oldest first; none, when it had them all. */
export type Migrated = { subgraph: SubgraphName; applied: readonly string[] };

/** One subgraph's migrations could not be applied; the message says which and why. */
export class MigrationError extends Error {
  constructor(subgraph: SubgraphName, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The migrations of ${subgraph} could not be applied: ${reason}`, { cause });
    this.name = 'MigrationError';
  }
}

const textOrNull = (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null);

const readMigrations = async (baseDir: string) => {
  const folders = (await readdir(baseDir, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return Promise.all(
    folders
      .map((folder) => folder.name)
      .sort()
      .map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
  );
};

const withSchema = (url: string, schema: string): string => {
  const changed = new URL(url);
  changed.searchParams.set('schema', schema);
  return changed.toString();
};

/** The history of migrations is the owner's business alone, though new tables are open to the service. */
const hideHistory = (ownerUrl: string, subgraph: SubgraphName): Promise<unknown> =>
  withClient(ownerUrl, (client) =>
    client.query(`REVOKE ALL ON ${subgraph}._prisma_migrations FROM ${identifier(runtimeRole(subgraph))}`),
  );

const migrateOne = async (subgraph: SubgraphName, ownerUrl: string, folder: string): Promise<Migrated> => {
  const baseDir = path.join(folder, subgraph, 'migrations');
  if (!existsSync(baseDir)) return { subgraph, applied: [] };
  const migrationDirectories = await readMigrations(baseDir);
  if (migrationDirectories.length === 0) return { subgraph, applied: [] };
  const lockfile = {
    path: 'migration_lock.toml',
    content: await textOrNull(path.join(baseDir, 'migration_lock.toml')),
  };
  const { engine, close } = await openEngine(withSchema(ownerUrl, subgraph));
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      filters: { externalTables: [], externalEnums: [] },
      migrationsList: { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories },
    });
    if (appliedMigrationNames.length > 0) await hideHistory(ownerUrl, subgraph);
    return { subgraph, applied: appliedMigrationNames };
  } catch (error) {
    throw new MigrationError(subgraph, error);
  } finally {
    await close();
  }
};

/**
 * Applies each subgraph's committed migrations as its owner, leaving the rows that `prisma migrate deploy` would.
 * A subgraph without migrations is passed over. @throws MigrationError at the first that fails.
 */
export const migrate = async (options: {
  ownerUrls: Partial<Record<SubgraphName, string>>;
  /** Default: the repository's `prisma/`. */
  folder?: string;
  onMigrated?: (migrated: Migrated) => void;
}): Promise<readonly Migrated[]> => {
  const all: Migrated[] = [];
  for (const subgraph of subgraphNames) {
    const ownerUrl = options.ownerUrls[subgraph];
    if (ownerUrl === undefined) continue;
    const migrated = await migrateOne(subgraph, ownerUrl, options.folder ?? prismaFolder);
    options.onMigrated?.(migrated);
    all.push(migrated);
  }
  return all;
};
