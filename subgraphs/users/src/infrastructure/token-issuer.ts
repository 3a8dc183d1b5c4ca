import { asInstant } from '@emporium/domain';
import { calculateJwkThumbprint, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import type { TokenIssuer } from '../application/ports.ts';
import { accessTokenSeconds } from '../domain/lifetimes.ts';

/** A private Ed25519 key. */
export type SigningKey = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly d: string;
  readonly kid?: string | undefined;
};

const asJwk = ({ kid, ...key }: SigningKey): JWK => ({ ...key, ...(kid === undefined ? {} : { kid }) });

/** Signs access tokens, and shows the public key that verifies them. */
export const createTokenIssuer = async (
  signingKey: SigningKey,
): Promise<TokenIssuer & { readonly publicKeys: JSONWebKeySet }> => {
  const { kty, crv, x } = signingKey;
  const kid = signingKey.kid ?? (await calculateJwkThumbprint({ kty, crv, x }));
  const key = await importJWK(asJwk(signingKey), 'EdDSA');
  return {
    publicKeys: { keys: [{ kty, crv, x, kid, use: 'sig', alg: 'EdDSA' }] },
    issue: async (user, session, at) => {
      const issuedAt = Math.floor(Date.parse(at) / 1000);
      const expires = issuedAt + accessTokenSeconds;
      const text = await new SignJWT({
        roles: [...user.roles],
        sid: session.id,
        auth_time: Math.floor(Date.parse(session.authenticatedAt) / 1000),
        amr: [...session.methods],
        second_factor: session.hasSecondFactor,
      })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
        .setIssuer('emporium-users')
        .setAudience('emporium')
        .setSubject(user.id)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(key);
      return { text, expiresAt: asInstant(new Date(expires * 1000).toISOString()) };
    },
  };
};
