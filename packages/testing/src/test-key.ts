import { randomUUID } from 'node:crypto';
import { type SigningKey, signingKey } from '@emporium/local-stack';

/** Both halves of a new Ed25519 key, as JSON Web Keys. */
export const testKey = (
  kid: string = randomUUID(),
): { readonly secret: SigningKey; readonly open: SigningKey } => {
  const secret = { ...signingKey(), kid };
  const { d: _secret, ...open } = secret;
  return { secret, open: { ...open, kid } };
};
