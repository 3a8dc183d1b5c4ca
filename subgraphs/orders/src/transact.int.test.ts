import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UserId } from './application/ports.ts';
import { createTestOrders, type TestOrders } from './test-orders.ts';

let orders: TestOrders;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
});
afterAll(() => orders.stop());

it('does the work of two transactions that meet crosswise', async () => {
  const [ada, bob] = [asId<'User'>('ada'), asId<'User'>('bob')];
  let arrived = 0;
  let bothArrived = (): void => undefined;
  const meeting = new Promise<void>((resolve) => {
    bothArrived = resolve;
  });
  let tries = 0;
  const holdBoth = (first: UserId, second: UserId) =>
    orders.transact(async ({ carts }) => {
      tries += 1;
      await carts.open(first);
      arrived += 1;
      if (arrived === 2) bothArrived();
      await meeting;
      await carts.open(second);
      return first;
    });
  expect(await Promise.all([holdBoth(ada, bob), holdBoth(bob, ada)])).toEqual([ada, bob]);
  expect(tries).toBe(3);
});

it('gives up at once on what no second try can mend', async () => {
  let tries = 0;
  const broken = orders.transact(async () => {
    tries += 1;
    throw new Error('a bug');
  });
  await expect(broken).rejects.toThrow('a bug');
  expect(tries).toBe(1);
});
