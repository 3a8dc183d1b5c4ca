import { calculateJwkThumbprint, type JSONWebKeySet, type JWK } from 'jose';

/** A public Ed25519 key. */
export type PublicKey = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid?: string | undefined;
};

/** By what its tokens name it: its `kid`, else its thumbprint by RFC 7638. */
export const keyIdOf = async ({ kty, crv, x, kid }: PublicKey): Promise<string> =>
  kid ?? (await calculateJwkThumbprint({ kty, crv, x }));

/**
 * What verifies access tokens, the key that signs first, nothing secret of any. A key may be named twice; two keys of one
 * name are a mistake that would refuse good tokens, and throw.
 */
export const publish = async (keys: readonly PublicKey[]): Promise<JSONWebKeySet> => {
  const published = new Map<string, JWK>();
  for (const key of keys) {
    const { kty, crv, x } = key;
    const kid = await keyIdOf(key);
    const known = published.get(kid);
    if (known && known.x !== x) throw new Error(`two keys of access tokens have the id ${kid}`);
    published.set(kid, { kty, crv, x, kid, use: 'sig', alg: 'EdDSA' });
  }
  return { keys: [...published.values()] };
};
