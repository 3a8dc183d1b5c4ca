import { testDatabase } from '@emporium/testing';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresAdapter } from './postgres.ts';
import { plannedAfresh } from './statement-names.ts';

let database: SqlDriverAdapter;
beforeAll(async () => {
  const { adminUrl } = await testDatabase('orders', { migrated: false });
  database = await postgresAdapter(adminUrl, 'public', 1).connect();
});
afterAll(() => database.dispose());

const ask = (sql: string) => database.queryRaw({ sql, args: [], argTypes: [] });
const prepared = async (): Promise<unknown[]> => {
  const { rows } = await ask('SELECT statement FROM pg_prepared_statements');
  return rows.flat();
};

describe('the adapter for Postgres', () => {
  it('has a statement that comes again parsed once per connection', async () => {
    await ask('SELECT 1 AS again');
    expect(await prepared()).not.toContain('SELECT 1 AS again');
    await ask('SELECT 1 AS again');
    expect(await prepared()).toContain('SELECT 1 AS again');
    expect((await ask('SELECT 1 AS again')).rows).toEqual([[1]]);
  });

  it('has a search planned each time', async () => {
    const search = `SELECT 2 ${plannedAfresh}`;
    for (const _ of [1, 2, 3]) await ask(search);
    expect(await prepared()).not.toContain(search);
  });
});
