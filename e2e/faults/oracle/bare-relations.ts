import { databaseUrls, migrate, subgraphNames } from '@emporium/database';
import { testDatabase, testPostgres } from '@emporium/testing';
import pg from 'pg';

/** What the invariants read beside the audit views. */
const tables = [
  'users.sellers',
  'products.sellers',
  'products.variants',
  'inventory.sellers',
  'inventory.variants',
  'inventory.stock',
  'inventory.stock_levels',
  'inventory.locations',
  'orders.sellers',
  'orders.catalog_variants',
  'orders.variant_stock',
  'orders.purchase_deadlines',
];

/**
 * All five schemas in which each view and table that an invariant reads is an empty table of the same columns, without
 * a constraint: so that what the shop's own constraints forbid can be planted.
 */
export const bareRelations = async (): Promise<pg.Client> => {
  const { adminUrl } = await testDatabase('users', { migrated: false });
  const { passwords } = await testPostgres();
  await migrate({ ownerUrls: databaseUrls(adminUrl, passwords).owner });
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT schemaname || '.' || viewname AS name FROM pg_views WHERE schemaname = ANY ($1) AND viewname LIKE 'audit\\_%'`,
    [[...subgraphNames]],
  );
  const views = rows.map(({ name }) => name);
  const nameOf = (relation: string) => relation.split('.')[1];
  await client.query(
    [
      ...[...views, ...tables].map((name) => `CREATE TABLE ${name}_bare AS TABLE ${name} WITH NO DATA`),
      ...views.map((name) => `DROP VIEW IF EXISTS ${name} CASCADE`),
      ...tables.map((name) => `DROP TABLE ${name} CASCADE`),
      ...[...views, ...tables].map((name) => `ALTER TABLE ${name}_bare RENAME TO ${nameOf(name)}`),
    ].join(';'),
  );
  return client;
};
