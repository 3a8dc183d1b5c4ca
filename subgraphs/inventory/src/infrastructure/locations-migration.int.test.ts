import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testDatabase } from '@emporium/testing';
import { expect, it } from 'vitest';
import { openDatabase } from './database.ts';

const folder = path.resolve(import.meta.dirname, '../../../../prisma/inventory/migrations');
const migration = (name: string) => readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');

it('what there was before locations is at its seller’s default one', async () => {
  const database = await testDatabase('inventory', { migrated: false });
  const owner = openDatabase(database.ownerUrl);
  const run = (sql: string) =>
    owner.$executeRawUnsafe(`DO $run$ BEGIN EXECUTE $sql$${sql}$sql$; END $run$`);
  await run(migration('20261121000000_stock_reservations_movements'));
  await run(migration('20261126120000_seller_lifecycle'));
  await run(`
    INSERT INTO variants (id, seller_id, sku, active, version)
      VALUES ('mug', 'ann', 'mug', true, 1), ('tea', 'ann', 'tea', true, 1), ('cup', 'bob', 'cup', true, 1);
    INSERT INTO stock (variant_id) VALUES ('mug'), ('tea'), ('cup');
    INSERT INTO movements (id, variant_id, kind, delta, reason, actor_id, idempotency_key)
      VALUES ('1', 'mug', 'RECEIPT', 10, 'delivery', 'ann', 'a'), ('2', 'cup', 'RECEIPT', 7, 'delivery', 'bob', 'a');
    INSERT INTO reservations (order_id, state) VALUES ('order', 'RESERVED');
    INSERT INTO reservation_lines (order_id, variant_id, quantity) VALUES ('order', 'mug', 3);
    UPDATE stock SET available = 7, reserved = 3 WHERE variant_id = 'mug'`);
  await run(migration('20261126210000_locations'));

  expect(
    await owner.$queryRaw`
      SELECT variant_id, seller_id, code, available, reserved, sold, received
      FROM stock_levels JOIN locations ON locations.id = location_id ORDER BY variant_id`,
  ).toEqual([
    expect.objectContaining({
      variant_id: 'cup',
      seller_id: 'bob',
      available: 7,
      reserved: 0,
      received: 7,
    }),
    expect.objectContaining({
      variant_id: 'mug',
      seller_id: 'ann',
      available: 7,
      reserved: 3,
      received: 10,
    }),
    expect.objectContaining({
      variant_id: 'tea',
      seller_id: 'ann',
      available: 0,
      reserved: 0,
      received: 0,
    }),
  ]);
  expect(
    await owner.$queryRaw`SELECT variant_id, available, reserved, movements_sum FROM audit_stock_level
      WHERE variant_id = 'mug'`,
  ).toEqual([{ variant_id: 'mug', available: 7, reserved: 3, movements_sum: 10n }]);
  expect(
    await owner.$queryRaw`SELECT order_id, variant_id, quantity, active FROM audit_allocation`,
  ).toEqual([{ order_id: 'order', variant_id: 'mug', quantity: 3, active: true }]);
  await owner.$disconnect();
});
