import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { RefreshSecrets } from '../application/ports.ts';

/** 256 random bits; nothing weaker than SHA-256 is needed to hide what cannot be guessed. */
export const refreshSecrets: RefreshSecrets = {
  create: () => randomBytes(32).toString('base64url'),
  fingerprint: (secret) => createHash('sha256').update(secret).digest('hex'),
  successor: (secret, salt) => createHmac('sha256', secret).update(salt).digest('base64url'),
};
