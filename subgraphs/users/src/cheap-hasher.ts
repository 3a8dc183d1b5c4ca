import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from './application/ports.ts';

/** Argon2id's least. What passwords really cost is tested where they are hashed, and end to end. */
const cheapest = { memoryCost: 8, timeCost: 1, parallelism: 1 };

/** Hashes as the service does, at a cost that every test can pay. */
export const cheapHasher: PasswordHasher = {
  hash: (password) => hash(password, cheapest),
  matches: async (password, hashed) => hashed !== null && verify(hashed, password),
};
