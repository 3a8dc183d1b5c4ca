/** Seals for tests. */
import { randomBytes } from 'node:crypto';
import { createSeal, type DataKey, type Seal } from './seal.ts';

/** A key that nobody else has. */
export const newDataKey = (kid: string): DataKey => ({
  kty: 'oct',
  kid,
  k: randomBytes(32).toString('base64url'),
});

/** A seal with a key of its own. */
export const newSeal = (): Seal => createSeal([newDataKey('test')]);
