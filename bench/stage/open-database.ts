import path from 'node:path';
import {
  admissionStatements,
  bootstrapDatabase,
  createDatabase,
  databaseUrls,
  inDatabase,
  migrate,
  randomPassword,
  randomPasswords,
  type SubgraphName,
  withClient,
} from '@emporium/database';
import { freePort, startPostgres } from '@emporium/local-stack';

const database = 'bench';

/** One subgraph's tables on a Postgres of the bench's own, which syncs every commit as in production. */
export const openDatabase = async (folder: string, subgraph: SubgraphName) => {
  const server = await startPostgres({
    dataFolder: path.join(folder, 'postgres'),
    port: await freePort(),
    password: randomPassword(),
    logFile: path.join(folder, 'postgres.log'),
    pidFolder: path.join(folder, 'run'),
    database: 'postgres',
    settings: ['max_connections=100'],
  });
  const adminUrl = inDatabase(server.adminUrl, database);
  const passwords = randomPasswords();
  await createDatabase(adminUrl);
  await bootstrapDatabase({ adminUrl, passwords });
  await withClient(adminUrl, (client) => client.query(admissionStatements(database).join('; ')));
  const urls = databaseUrls(adminUrl, passwords);
  await migrate({ ownerUrls: { [subgraph]: urls.owner[subgraph] } });
  return {
    url: urls.runtime[subgraph],
    ownerUrl: urls.owner[subgraph],
    auditorUrl: urls.auditor,
    stop: () => server.child.stop(),
  };
};
