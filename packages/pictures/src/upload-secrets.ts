import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, which admit an upload or name a file; kept as a hash, which hides what cannot be guessed. */
export const uploadSecrets = {
  create: (): string => randomBytes(32).toString('base64url'),
  fingerprint: (secret: string): string => createHash('sha256').update(secret).digest('hex'),
};
