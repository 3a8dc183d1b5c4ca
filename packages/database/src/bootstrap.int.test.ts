import { testDatabase, testPostgres } from '@emporium/testing';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { BootstrapNotPermittedError, bootstrapDatabase } from './bootstrap.ts';
import { withClient } from './connect.ts';
import { auditorRole, ownerRole, runtimeRole } from './roles.ts';
import { asRole, databaseUrls, inDatabase } from './urls.ts';

const failsWith = (url: string, sql: string) =>
  withClient(url, (client) => client.query(sql)).then(
    () => 'allowed',
    (error: { code?: string }) => error.code,
  );
const denied = '42501';

describe('a bootstrapped database', () => {
  let urls: ReturnType<typeof databaseUrls>;
  const asOwner = (sql: string) => withClient(urls.owner.orders, (client: pg.Client) => client.query(sql));

  beforeAll(async () => {
    const { adminUrl } = await testDatabase('orders', { migrated: false });
    urls = databaseUrls(adminUrl, (await testPostgres()).passwords);
    await asOwner(`
      CREATE TABLE orders.things (id bigserial PRIMARY KEY, name text);
      CREATE FUNCTION orders.shout() RETURNS text LANGUAGE sql AS $$ SELECT 'hey' $$;
      CREATE VIEW orders.audit_things AS SELECT id FROM orders.things;
      GRANT USAGE ON SCHEMA orders TO ${auditorRole};
      GRANT SELECT ON orders.audit_things TO ${auditorRole};`);
  });

  it('lets a service write and read its own rows', async () => {
    const sql = `INSERT INTO orders.things (name) VALUES ('a'); UPDATE orders.things SET name = 'b';
      SELECT orders.shout(), * FROM orders.things; DELETE FROM orders.things`;
    expect(await failsWith(urls.runtime.orders, sql)).toBe('allowed');
  });

  it.each([
    'CREATE TABLE orders.mine (id int)',
    'CREATE TABLE public.mine (id int)',
    'CREATE TEMPORARY TABLE mine (id int)',
    'CREATE SCHEMA mine',
    'TRUNCATE orders.things',
    'DROP VIEW orders.audit_things',
  ])('lets no service change the house: %s', async (sql) => {
    expect([denied, '42P01']).toContain(await failsWith(urls.runtime.orders, sql));
  });

  it.each(['users', 'products', 'inventory', 'payments'] as const)(
    'keeps %s out of orders',
    async (other) => {
      const statements = [
        'SELECT * FROM orders.things',
        'SELECT * FROM orders.audit_things',
        "INSERT INTO orders.things (name) VALUES ('x')",
        'SELECT orders.shout()',
      ];
      for (const url of [urls.runtime[other], urls.owner[other]]) {
        for (const sql of statements)
          expect([url, sql, await failsWith(url, sql)]).toEqual([url, sql, denied]);
      }
    },
  );

  it('shows the auditor views and nothing else', async () => {
    expect(await failsWith(urls.auditor, 'SELECT * FROM orders.audit_things')).toBe('allowed');
    expect(await failsWith(urls.auditor, 'SELECT * FROM orders.things')).toBe(denied);
    expect(await failsWith(urls.auditor, 'SELECT orders.shout()')).toBe(denied);
  });

  it('lets nobody become somebody else', async () => {
    expect(await failsWith(urls.runtime.orders, `SET ROLE ${ownerRole('orders')}`)).toBe(denied);
    expect(await failsWith(urls.owner.users, `SET ROLE ${runtimeRole('orders')}`)).toBe(denied);
  });

  it('can be bootstrapped again without a change', async () => {
    const { passwords } = await testPostgres();
    const again = await bootstrapDatabase({ adminUrl: urls.admin, passwords });
    expect(again).toEqual({ createdDatabase: false, roles: 'prepared' });
    expect(await failsWith(urls.runtime.orders, 'SELECT * FROM orders.things')).toBe('allowed');
  });

  it('can be one of several that are bootstrapped at once', async () => {
    const { adminUrl, passwords } = await testPostgres();
    const databases = ['a', 'b', 'c', 'd'].map((name) =>
      inDatabase(adminUrl, `at_once_${name}_${Date.now()}`),
    );
    const outcomes = await Promise.all(
      databases.map((url) => bootstrapDatabase({ adminUrl: url, passwords })),
    );
    expect(outcomes).toEqual(Array(4).fill({ createdDatabase: true, roles: 'prepared' }));
  });
});

describe('an administrator who may not create roles', () => {
  it('is given the SQL for somebody who may, and goes on once it was run', async () => {
    // So that the roles are there: whoever runs the SQL by hand has nobody beside them.
    await testDatabase('orders', { migrated: false });
    const { adminUrl } = await testPostgres();
    const database = `limited_${Date.now()}`;
    await withClient(adminUrl, async (client) => {
      await client.query(`CREATE ROLE ${database} LOGIN PASSWORD 'limited'`);
      await client.query(`CREATE DATABASE ${database} OWNER ${database}`);
    });
    const limitedUrl = asRole(inDatabase(adminUrl, database), database, 'limited');
    const { passwords } = await testPostgres();
    const bootstrap = () => bootstrapDatabase({ adminUrl: limitedUrl, passwords });
    const refused = await bootstrap().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BootstrapNotPermittedError);
    const { sql } = refused as BootstrapNotPermittedError;
    expect(sql).not.toContain(passwords.runtime.orders);

    await withClient(inDatabase(adminUrl, database), (client) => client.query(sql));
    expect(await bootstrap()).toEqual({ createdDatabase: false, roles: 'already-prepared' });
    const { runtime } = databaseUrls(limitedUrl, passwords);
    expect(await failsWith(runtime.orders, 'SELECT 1')).toBe('allowed');
  });
});
