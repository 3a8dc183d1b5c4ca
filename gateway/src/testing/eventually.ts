import { expect } from 'vitest';

/** expect.poll with patience for a busy machine. */
export const eventually = <Value>(look: () => Value | Promise<Value>) =>
  expect.poll(look, { timeout: 15_000 });
