import { setTimeout as delay } from 'node:timers/promises';

/** How long to wait at most, and how long between two looks, in milliseconds. */
export type Patience = { timeout?: number; every?: number };

/**
 * Repeats an assertion until it holds, and answers what it answered; when time is up, fails as the assertion last
 * failed. Returning false counts as not yet.
 */
export const eventually = async <T>(
  assertion: () => T | Promise<T>,
  { timeout = 10_000, every = 20 }: Patience = {},
): Promise<T> => {
  const deadline = performance.now() + timeout;
  for (;;) {
    try {
      const answer = await assertion();
      if (answer !== false) return answer;
      throw new Error('It stayed false.');
    } catch (error) {
      if (performance.now() > deadline) throw notWithin(timeout, error);
    }
    await delay(every);
  }
};

const notWithin = (timeout: number, error: unknown): unknown => {
  if (error instanceof Error) error.message = `Not within ${timeout} ms: ${error.message}`;
  return error;
};
