import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { awaitReadiness } from './readiness.ts';

let readiness: ReturnType<typeof awaitReadiness> | undefined;
beforeEach(() => {
  readiness = undefined;
});
afterEach(() => readiness?.stop());

it('is ready when each part has answered once, and stays so', async () => {
  let orders = false;
  const probe = vi.fn(async () => {
    if (!orders) throw new Error('down');
    return true;
  });
  const made = awaitReadiness({ keys: async () => true, orders: probe });
  readiness = made;
  await eventually(() => made.waitingFor()).toEqual(['orders']);
  expect(made.isReady()).toBe(false);
  orders = true;
  await eventually(() => made.isReady()).toBe(true);
  orders = false;
  expect(made.isReady()).toBe(true);
  made.stop();
  expect(made.isReady()).toBe(false);
});
