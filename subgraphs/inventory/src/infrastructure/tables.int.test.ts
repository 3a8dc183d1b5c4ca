import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestInventory, type TestInventory } from '../test-inventory.ts';
import { openDatabase } from './database.ts';
import type { PrismaClient } from './generated/client.ts';

let inventory: TestInventory;
let owner: PrismaClient;

beforeAll(async () => {
  const database = await testDatabase('inventory');
  inventory = createTestInventory(database);
  owner = openDatabase(database.ownerUrl);
  await inventory.stock({ mug: 10 });
});
afterAll(async () => {
  await inventory.stop();
  await owner.$disconnect();
});

const asService = (sql: string) => inventory.prisma.$executeRawUnsafe(sql);
const movement = (delta: number, kind = 'ADJUSTMENT') =>
  asService(`INSERT INTO movements (id, variant_id, location_id, kind, delta, reason, actor_id, idempotency_key)
             SELECT gen_random_uuid()::text, 'mug', location_id, '${kind}', ${delta}, 'test', 'x', gen_random_uuid()::text FROM stock_levels WHERE variant_id = 'mug'`);

describe('the service’s own role', () => {
  it.each([
    'UPDATE movements SET delta = 1',
    'DELETE FROM movements',
    'TRUNCATE movements',
    'UPDATE reservation_lines SET quantity = 1',
    'DELETE FROM reservation_lines',
    'DELETE FROM reservation_steps',
    'DELETE FROM reservations',
    'DELETE FROM stock',
    'DELETE FROM locations',
    'UPDATE reservation_allocations SET quantity = 1',
    'DELETE FROM reservation_allocations',
    'DELETE FROM stock_levels',
    'UPDATE stock_levels SET received = 5, available = 5',
    "INSERT INTO stock_levels (variant_id, location_id, available, received) VALUES ('x', 'x', 1, 1)",
    'CREATE TABLE mine (id int)',
  ])('may not %s', (sql) => expect(asService(sql)).rejects.toThrow(/permission denied/));
});

describe('the tables', () => {
  it.each([
    ['stock_levels_add_up', 'UPDATE stock_levels SET available = available + 1'],
    ['stock_levels_add_up', 'UPDATE stock_levels SET sold = 1'],
    [
      'stock_levels_available_not_negative',
      'UPDATE stock_levels SET available = -1, reserved = received + 1',
    ],
    [
      'stock_levels_reserved_not_negative',
      'UPDATE stock_levels SET reserved = -1, available = received + 1',
    ],
    ['stock_levels_sold_not_negative', 'UPDATE stock_levels SET sold = -1, available = received + 1'],
  ])('refuse by %s: %s', (check, sql) => expect(asService(sql)).rejects.toThrow(check));

  it('refuse a movement that moves nothing, goes the wrong way or takes what is not there', async () => {
    await expect(movement(0)).rejects.toThrow('movements_move_something');
    await expect(movement(-1, 'RECEIPT')).rejects.toThrow('movements_direction');
    await expect(movement(-1000)).rejects.toThrow('stock_levels_available_not_negative');
  });

  it('change the stock with each movement', async () => {
    const before = await inventory.prisma.stockLevel.findFirstOrThrow({ where: { variantId: 'mug' } });
    await movement(-3, 'WRITE_OFF');
    await movement(3, 'RETURN');
    await movement(2);
    expect(await inventory.prisma.stockLevel.findFirstOrThrow({ where: { variantId: 'mug' } })).toEqual({
      ...before,
      available: before.available + 2,
      received: before.received + 2,
    });
  });

  it.each(['UPDATE movements SET delta = 1', 'DELETE FROM movements', 'TRUNCATE movements'])(
    'refuse even their owner: %s',
    (sql) => expect(owner.$executeRawUnsafe(sql)).rejects.toThrow('movements is append-only'),
  );

  it('keep a seller’s default location open', () =>
    expect(asService('UPDATE locations SET active = false')).rejects.toThrow(
      'locations_default_is_active',
    ));
});

describe('the auditor', () => {
  it.each([
    'audit_stock',
    'audit_stock_level',
    'audit_reservation',
    'audit_allocation',
    'audit_backorder',
    'audit_outbox',
    'audit_inbox',
    'audit_parked',
  ])('reads %s', (view) => inventory.auditor.$queryRawUnsafe(`SELECT * FROM ${view}`));
  it.each(['stock', 'movements', 'outbox'])('may not read %s', (table) =>
    expect(inventory.auditor.$queryRawUnsafe(`SELECT * FROM ${table}`)).rejects.toThrow(
      /permission denied/,
    ),
  );
});
