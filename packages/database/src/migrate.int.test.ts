import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { serverFolder, testDatabase } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { withClient } from './connect.ts';
import { MigrationError, migrate } from './migrate.ts';

const withMigrations = (migrations: Record<string, string>): string => {
  const folder = serverFolder('migrations');
  for (const [name, sql] of Object.entries(migrations)) {
    const place = path.join(folder, 'orders/migrations', name);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'migration.sql'), sql);
  }
  return folder;
};

const things = `CREATE TABLE things (id int PRIMARY KEY, name text);
  CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no; never'; END; $$;
  REVOKE UPDATE ON things FROM emporium_orders;`;

describe('migrate', () => {
  it('applies as the owner what is committed, once, in the subgraph’s own schema', async () => {
    const { ownerUrl, url } = await testDatabase('orders', { migrated: false });
    const folder = withMigrations({
      '2_more': 'ALTER TABLE things ADD COLUMN at timestamptz',
      '1_things': things,
    });
    const run = () => migrate({ ownerUrls: { orders: ownerUrl }, folder });
    expect(await run()).toEqual([{ subgraph: 'orders', applied: ['1_things', '2_more'] }]);
    expect(await run()).toEqual([{ subgraph: 'orders', applied: [] }]);
    await withClient(url, async (client) => {
      await client.query('INSERT INTO orders.things VALUES (1, $1, now())', ['a']);
      await expect(client.query("UPDATE orders.things SET name = 'b'")).rejects.toThrow(
        'permission denied',
      );
      await expect(client.query('SELECT * FROM orders._prisma_migrations')).rejects.toThrow(
        'permission denied',
      );
    });
  });

  it('names the subgraph and the reason when a migration fails, and applies none of it', async () => {
    const { ownerUrl, adminUrl } = await testDatabase('orders', { migrated: false });
    const folder = withMigrations({
      '1_broken': 'CREATE TABLE fine (id int); CREATE TABLE broken (id nonsense)',
    });
    const failing = migrate({ ownerUrls: { orders: ownerUrl }, folder });
    await expect(failing).rejects.toThrow(MigrationError);
    await expect(failing).rejects.toThrow(/orders.*nonsense/s);
    const { rows } = await withClient(adminUrl, (client) =>
      client.query("SELECT to_regclass('orders.fine') AS fine"),
    );
    expect(rows).toEqual([{ fine: null }]);
  });

  it('passes over a subgraph that has no migrations', async () => {
    const { ownerUrl } = await testDatabase('orders', { migrated: false });
    const nothing = await migrate({ ownerUrls: { users: ownerUrl }, folder: withMigrations({}) });
    expect(nothing).toEqual([{ subgraph: 'users', applied: [] }]);
  });
});
