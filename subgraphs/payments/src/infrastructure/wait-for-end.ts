import { setTimeout as sleep } from 'node:timers/promises';

const pauseMs = 50;
/** A little longer than one call to the provider may take. */
const patienceMs = 9000;

/** Looks until what is found is no longer pending, or waits for somebody else, or patience ends. */
export const waitForEnd = async <Found extends { readonly status: string; readonly nextAction?: unknown }>(
  find: () => Promise<Found | null>,
): Promise<Found | null> => {
  const deadline = performance.now() + patienceMs;
  let found = await find();
  while (found?.status === 'PENDING' && !found.nextAction && performance.now() < deadline) {
    await sleep(pauseMs);
    found = await find();
  }
  return found;
};
