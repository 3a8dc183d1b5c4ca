import { sqlState, withClient } from './connect.ts';
import { identifier } from './sql-text.ts';
import { databaseOf, inDatabase } from './urls.ts';

const databaseIsMissing = '3D000';
const databaseExists = '42P04';

const ignoring = (expected: string) => (error: unknown) => {
  if (sqlState(error) !== expected) throw error;
};

/** Creates the database that the URL names, unless it is there; answers whether it was created. */
export const createDatabase = async (adminUrl: string): Promise<boolean> => {
  try {
    await withClient(adminUrl, async () => undefined);
    return false;
  } catch (error) {
    ignoring(databaseIsMissing)(error);
  }
  const database = databaseOf(adminUrl);
  await withClient(inDatabase(adminUrl, 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${identifier(database)}`).catch(ignoring(databaseExists)),
  );
  return true;
};
