import path from 'node:path';
import {
  admissionStatements,
  bootstrapDatabase,
  databaseUrls,
  identifier,
  inDatabase,
  migrate,
  type RolePasswords,
  randomPassword,
  randomPasswords,
  type SubgraphName,
  withClient,
} from '@emporium/database';
import { freePort, startPostgres } from '@emporium/local-stack';
import { oncePerRun } from './once-per-run.ts';
import { sharedFolder } from './test-folder.ts';

/** The run's Postgres: a superuser's URL, and the passwords of our roles. */
export type TestPostgres = { adminUrl: string; passwords: RolePasswords };

/** One database of its own, for one test file. */
export type TestDatabase = {
  /** As the service connects: no DDL, no other schema. */
  url: string;
  /** As migrations connect: owns the subgraph's schema. */
  ownerUrl: string;
  /** Reads the audit views. */
  auditorUrl: string;
  /** A superuser: may do anything. */
  adminUrl: string;
};

/** Nothing here must survive a power cut. */
const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

/** The one Postgres of this run, started when first asked for. */
export const testPostgres = (): Promise<TestPostgres> =>
  oncePerRun('postgres', async () => {
    const folder = sharedFolder('postgres');
    const { adminUrl, child } = await startPostgres({
      dataFolder: path.join(folder, 'data'),
      port: await freePort(),
      password: randomPassword(),
      logFile: path.join(folder, 'postgres.log'),
      pidFolder: path.join(folder, 'run'),
      database: 'postgres',
      settings: fast,
    });
    child.release();
    return { adminUrl, passwords: randomPasswords() };
  });

const copyDatabase = (adminUrl: string, database: string, template: string): Promise<unknown> =>
  withClient(adminUrl, (client) =>
    // Nothing is to survive a power cut: files are copied in a quarter of the time of a log of them.
    client.query(
      `CREATE DATABASE ${identifier(database)} TEMPLATE ${identifier(template)} STRATEGY FILE_COPY`,
    ),
  );

const bootstrappedTemplate = ({ adminUrl, passwords }: TestPostgres): Promise<string> =>
  oncePerRun('template-bootstrapped', async () => {
    const template = 'template_bootstrapped';
    await bootstrapDatabase({ adminUrl: inDatabase(adminUrl, template), passwords });
    return template;
  });

/** Only this subgraph's own migrations, so that no other's can break its tests. */
const migratedTemplate = (server: TestPostgres, subgraph: SubgraphName): Promise<string> =>
  oncePerRun(`template-${subgraph}`, async () => {
    const template = `template_${subgraph}`;
    await copyDatabase(server.adminUrl, template, await bootstrappedTemplate(server));
    const adminUrl = inDatabase(server.adminUrl, template);
    await withClient(adminUrl, (client) => client.query(admissionStatements(template).join('; ')));
    const { owner } = databaseUrls(adminUrl, server.passwords);
    await migrate({ ownerUrls: { [subgraph]: owner[subgraph] } });
    return template;
  });

/**
 * A new database with all roles and schemas, and the migrations of one subgraph applied (none with
 * `migrated: false`). It goes away with the run.
 */
export const testDatabase = async (
  subgraph: SubgraphName,
  { migrated = true }: { migrated?: boolean } = {},
): Promise<TestDatabase> => {
  const server = await testPostgres();
  const template = migrated ? await migratedTemplate(server, subgraph) : await bootstrappedTemplate(server);
  const database = `${subgraph}_${randomPassword().toLowerCase()}`;
  await copyDatabase(server.adminUrl, database, template);
  const adminUrl = inDatabase(server.adminUrl, database);
  await withClient(adminUrl, (client) => client.query(admissionStatements(database).join('; ')));
  const urls = databaseUrls(adminUrl, server.passwords);
  return {
    url: urls.runtime[subgraph],
    ownerUrl: urls.owner[subgraph],
    auditorUrl: urls.auditor,
    adminUrl,
  };
};
