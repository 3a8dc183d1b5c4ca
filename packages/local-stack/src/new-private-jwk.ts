import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;

/** `RSA-2048` takes a tenth of a second and more. */
export type KeyKind = 'Ed25519' | 'P-256' | 'RSA-2048';

const newPrivateKey = (kind: KeyKind): string => {
  switch (kind) {
    case 'P-256':
      return generateKeyPairSync('ec', { namedCurve: kind, publicKeyEncoding, privateKeyEncoding })
        .privateKey;
    case 'RSA-2048':
      return generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding, privateKeyEncoding })
        .privateKey;
    case 'Ed25519':
      return generateKeyPairSync('ed25519', { publicKeyEncoding, privateKeyEncoding }).privateKey;
  }
};

/**
 * A new private key as a JSON Web Key. It is made as text and read again: Node 20 waits for itself for ever when, while it
 * exports a key that it made, its memory is tidied of the making.
 */
export const newPrivateJwk = (kind: KeyKind): JsonWebKey =>
  createPrivateKey(newPrivateKey(kind)).export({ format: 'jwk' });
