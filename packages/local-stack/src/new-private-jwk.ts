import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;

const newPrivateKey = (curve: 'Ed25519' | 'P-256'): string =>
  curve === 'P-256'
    ? generateKeyPairSync('ec', { namedCurve: curve, publicKeyEncoding, privateKeyEncoding }).privateKey
    : generateKeyPairSync('ed25519', { publicKeyEncoding, privateKeyEncoding }).privateKey;

/**
 * A new private key as a JSON Web Key. It is made as text and read again: Node 20 waits for itself for ever when, while it
 * exports a key that it made, its memory is tidied of the making.
 */
export const newPrivateJwk = (curve: 'Ed25519' | 'P-256'): JsonWebKey =>
  createPrivateKey(newPrivateKey(curve)).export({ format: 'jwk' });
