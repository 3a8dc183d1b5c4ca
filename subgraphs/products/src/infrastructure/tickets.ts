import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 is enough to hide what cannot be guessed. */
export const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex');

/** 256 random bits for whoever may come past GraphQL, and what is kept of them. */
export const newTicket = (): { token: string; fingerprint: string } => {
  const token = randomBytes(32).toString('base64url');
  return { token, fingerprint: fingerprint(token) };
};
