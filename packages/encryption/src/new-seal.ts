/** Seals for tests. */
import { randomBytes } from 'node:crypto';
import { publicHalf, recipientKey } from '@emporium/local-stack';
import type { RecipientPrivateKey, RecipientPublicKey } from './recipient-keys.ts';
import { createSeal, type DataKey, type Seal } from './seal.ts';

/** A key that nobody else has. */
export const newDataKey = (kid: string): DataKey => ({
  kty: 'oct',
  kid,
  k: randomBytes(32).toString('base64url'),
});

/** Both halves of a recipient's key. Making one takes a tenth of a second and more. */
export const newRecipientKey = (
  kid: string,
): { readonly secret: RecipientPrivateKey; readonly open: RecipientPublicKey } => {
  const secret = { ...recipientKey(), kid };
  return {
    secret: secret as unknown as RecipientPrivateKey,
    open: publicHalf(secret) as unknown as RecipientPublicKey,
  };
};

/** A seal with a key of its own. */
export const newSeal = (): Seal => createSeal([newDataKey('test')]);
