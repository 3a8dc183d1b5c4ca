import { asInstant } from '@emporium/domain';
import { importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import type { TokenIssuer } from '../application/ports.ts';
import { accessTokenSeconds } from '../domain/lifetimes.ts';
import { keyIdOf, type PublicKey, publish } from './published-keys.ts';

/** A private Ed25519 key. */
export type SigningKey = PublicKey & { readonly d: string };

const asJwk = ({ kid, ...key }: SigningKey): JWK => ({ ...key, ...(kid === undefined ? {} : { kid }) });

/** Signs access tokens with one key, and shows the public keys that verify them: its own, and `others` that sign elsewhere or at other times. */
export const createTokenIssuer = async (
  signingKey: SigningKey,
  others: readonly PublicKey[] = [],
): Promise<TokenIssuer & { readonly publicKeys: JSONWebKeySet }> => {
  const kid = await keyIdOf(signingKey);
  const key = await importJWK(asJwk(signingKey), 'EdDSA');
  return {
    publicKeys: await publish([signingKey, ...others]),
    issue: async (user, session, at) => {
      // To the millisecond, as RFC 7519 lets it be, so that what is revoked is told from what was issued right after.
      const issuedAt = Date.parse(at) / 1000;
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
      return {
        text,
        expiresAt: asInstant(new Date(Date.parse(at) + accessTokenSeconds * 1000).toISOString()),
      };
    },
  };
};
