import { availableParallelism } from 'node:os';
import { createLine } from '@emporium/subgraph';
import type { PasswordHasher } from '../application/ports.ts';
import { createHashPool } from './hash-pool.ts';

type Options = {
  /** Whoever would wait longer for their turn hears BUSY at once. */
  readonly longestWaitSeconds?: number;
  readonly processes?: number;
};

/** Twice what a hash takes on a machine at rest. */
const firstGuessMs = 50;

/** Argon2id, in processes of low priority that leave one core alone: a storm of logins delays logins, and nobody else. */
export const createArgon2Hasher = ({
  longestWaitSeconds = 5,
  processes = Math.max(1, availableParallelism() - 1),
}: Options = {}): PasswordHasher => {
  const run = createHashPool();
  const line = createLine({ width: processes, firstGuessMs, longestWaitSeconds });
  return {
    hash: async (password) => String(await line(() => run({ password }))),
    matches: async (password, hash) => (await line(() => run({ password, compareWith: hash }))) === true,
  };
};
