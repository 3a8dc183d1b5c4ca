import type pg from 'pg';
import { bootstrapStatements } from './bootstrap-sql.ts';
import { sqlState, withClient } from './connect.ts';
import { createDatabase } from './create-database.ts';
import { allRoles, type RolePasswords } from './roles.ts';
import { subgraphNames } from './subgraph-names.ts';
import { databaseOf } from './urls.ts';

/** The administrator's account may not do this; `sql` is what somebody who may has to run, in that database. */
export class BootstrapNotPermittedError extends Error {
  readonly sql: string;
  constructor(database: string, sql: string, options?: ErrorOptions) {
    super(
      `This account may not prepare the database "${database}". Let an administrator run the following SQL in it, then try again:\n\n${sql}`,
      options,
    );
    this.name = 'BootstrapNotPermittedError';
    this.sql = sql;
  }
}

/** Any number that nobody else uses: two deployments at once take turns. */
const advisoryLock = 7_301_842;
const insufficientPrivilege = '42501';

const isPrepared = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ roles: number; schemas: number }>(
    `SELECT (SELECT count(*)::int FROM pg_roles WHERE rolname = ANY($1)) AS roles,
            (SELECT count(*)::int FROM pg_namespace WHERE nspname = ANY($2)) AS schemas`,
    [allRoles(), subgraphNames],
  );
  return rows[0]?.roles === allRoles().length && rows[0].schemas === subgraphNames.length;
};

/** Roles are the whole server's, and a lock is one database's: who prepares two at once may meet at a role. */
const metAtARole = (error: unknown): boolean =>
  sqlState(error) === '23505' || (error instanceof Error && error.message === 'tuple concurrently updated');

const attempts = 10;

const runAll = async (client: pg.Client, statements: readonly string[], attempt = 1): Promise<void> => {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [advisoryLock]);
    await client.query(`SET LOCAL client_min_messages = warning; ${statements.join(';\n')}`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    if (attempt === attempts || !metAtARole(error)) throw error;
    await runAll(client, statements, attempt + 1);
  }
};

/** What was found or done: `prepared` by us, or `already-prepared` by somebody with more rights. */
export type BootstrapOutcome = { createdDatabase: boolean; roles: 'prepared' | 'already-prepared' };

/**
 * Makes the database that `adminUrl` names ready for all subgraphs: roles with the given passwords, a schema each,
 * and no way from one to another. Repeating it sets the passwords again and changes nothing else.
 * @throws BootstrapNotPermittedError with the SQL to run, where the account may not and nobody has.
 */
export const bootstrapDatabase = async (options: {
  adminUrl: string;
  passwords: RolePasswords;
}): Promise<BootstrapOutcome> => {
  const database = databaseOf(options.adminUrl);
  const createdDatabase = await createDatabase(options.adminUrl);
  const statements = bootstrapStatements(database, options.passwords);
  return withClient(options.adminUrl, async (client) => {
    try {
      await runAll(client, statements);
      return { createdDatabase, roles: 'prepared' as const };
    } catch (error) {
      if (sqlState(error) !== insufficientPrivilege) throw error;
      if (await isPrepared(client)) return { createdDatabase, roles: 'already-prepared' as const };
      throw new BootstrapNotPermittedError(database, `${statements.join(';\n')};\n`, { cause: error });
    }
  });
};
