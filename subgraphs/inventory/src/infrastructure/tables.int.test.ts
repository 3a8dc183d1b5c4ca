import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestInventory, type TestInventory } from '../test-inventory.ts';

let inventory: TestInventory;

beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
  await inventory.stock({ mug: 10 });
});
afterAll(() => inventory.stop());

const asService = (sql: string) => inventory.prisma.$executeRawUnsafe(sql);
const movement = (delta: number, kind = 'ADJUSTMENT') =>
  asService(`INSERT INTO movements (id, variant_id, kind, delta, reason, actor_id, idempotency_key)
             VALUES (gen_random_uuid()::text, 'mug', '${kind}', ${delta}, 'test', 'x', gen_random_uuid()::text)`);

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
    'UPDATE stock SET received = 5, available = 5',
    "INSERT INTO stock (variant_id, available, received) VALUES ('x', 1, 1)",
    'CREATE TABLE mine (id int)',
  ])('may not %s', (sql) => expect(asService(sql)).rejects.toThrow(/permission denied/));
});

describe('the tables', () => {
  it.each([
    ['stock_adds_up', 'UPDATE stock SET available = available + 1'],
    ['stock_adds_up', 'UPDATE stock SET sold = 1'],
    ['stock_available_not_negative', 'UPDATE stock SET available = -1, reserved = received + 1'],
    ['stock_reserved_not_negative', 'UPDATE stock SET reserved = -1, available = received + 1'],
    ['stock_sold_not_negative', 'UPDATE stock SET sold = -1, available = received + 1'],
  ])('refuse by %s: %s', (check, sql) => expect(asService(sql)).rejects.toThrow(check));

  it('refuse a movement that moves nothing, goes the wrong way or takes what is not there', async () => {
    await expect(movement(0)).rejects.toThrow('movements_move_something');
    await expect(movement(-1, 'RECEIPT')).rejects.toThrow('movements_direction');
    await expect(movement(-1000)).rejects.toThrow('stock_available_not_negative');
  });

  it('change the stock with each movement', async () => {
    const before = await inventory.prisma.stock.findUniqueOrThrow({ where: { variantId: 'mug' } });
    await movement(-3, 'WRITE_OFF');
    await movement(3, 'RETURN');
    await movement(2);
    expect(await inventory.prisma.stock.findUniqueOrThrow({ where: { variantId: 'mug' } })).toEqual({
      ...before,
      available: before.available + 2,
      received: before.received + 2,
      version: before.version + 3,
    });
  });
});

describe('the auditor', () => {
  it.each(['audit_stock', 'audit_reservation', 'audit_outbox', 'audit_inbox', 'audit_parked'])(
    'reads %s',
    (view) => inventory.auditor.$queryRawUnsafe(`SELECT * FROM ${view}`),
  );
  it.each(['stock', 'movements', 'outbox'])('may not read %s', (table) =>
    expect(inventory.auditor.$queryRawUnsafe(`SELECT * FROM ${table}`)).rejects.toThrow(
      /permission denied/,
    ),
  );
});
