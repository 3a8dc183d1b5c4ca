import { availableParallelism } from 'node:os';
import { busy } from '@emporium/subgraph';
import type { PasswordHasher } from '../application/ports.ts';
import { createHashPool } from './hash-pool.ts';

type Options = {
  /** Whoever would wait longer for their turn hears BUSY at once. */
  readonly longestWaitSeconds?: number;
  readonly threads?: number;
};

/** Argon2id, on threads of low priority: a storm of logins delays logins, and nobody else. */
export const createArgon2Hasher = ({
  longestWaitSeconds = 5,
  threads = availableParallelism(),
}: Options = {}): PasswordHasher => {
  const run = createHashPool({
    threads,
    longestWaitMs: longestWaitSeconds * 1000,
    turnAway: (waitMs) => busy(Math.ceil(waitMs / 1000)),
  });
  return {
    hash: async (password) => String(await run({ password })),
    matches: async (password, hash) => (await run({ password, compareWith: hash })) === true,
  };
};
