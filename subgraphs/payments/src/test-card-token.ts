/** Stands for the seal between orders and payments in tests: a token opens of its own order alone, and nothing is hidden. */
import { setImmediate } from 'node:timers/promises';
import type { OrderId } from './application/ports.ts';
import type { OpenToken } from './infrastructure/create-open-token.ts';

export const sealedForTests = (orderId: OrderId, token: string): string => JSON.stringify([orderId, token]);

export const openedForTests = (sealed: string, orderId: OrderId): string | null => {
  const [of, token] = JSON.parse(sealed) as [string, string];
  return of === orderId ? token : null;
};

let opened = 0;

/** Answers out of step, as a key does. */
export const openForTests: OpenToken = async (sealed, orderId) => {
  opened += 1;
  for (let turns = opened % 3; turns > 0; turns -= 1) await setImmediate();
  return openedForTests(sealed, orderId);
};
