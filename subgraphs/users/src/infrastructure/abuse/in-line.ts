import { availableParallelism } from 'node:os';
import { createLine } from '@emporium/subgraph';
import type { AttemptLimits } from '../../application/ports.ts';

/** Enough that the hashing never waits for what comes before and after it. */
const width = 2 * availableParallelism() + 1;
const firstGuessMs = 100;

/**
 * Lets a few logins begin at once; the others wait in line, before they ask Redis or the database anything: all of a storm
 * asking at once would keep both from everybody else. Whoever would wait too long hears BUSY.
 */
export const inLine = (limits: AttemptLimits, longestWaitSeconds: number): AttemptLimits => {
  const line = createLine({ width, firstGuessMs, longestWaitSeconds });
  return {
    ...limits,
    logIn: (attempt, verify, isProof) => line(() => limits.logIn(attempt, verify, isProof)),
  };
};
