import { availableParallelism } from 'node:os';
import { hash, type Options, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../application/ports.ts';
import { createTurns } from './turns.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id. */
const owasp: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Argon2id, on as many threads as there are cores: more would only starve the rest of the process. */
export const createArgon2Hasher = (width = availableParallelism()): PasswordHasher => {
  const turns = createTurns(width);
  const nobody = hash('the password of nobody', owasp);
  return {
    hash: (password) => turns(() => hash(password, owasp)),
    matches: (password, stored) =>
      turns(async () => {
        const matches = await verify(stored ?? (await nobody), password);
        return matches && stored !== null;
      }),
  };
};
