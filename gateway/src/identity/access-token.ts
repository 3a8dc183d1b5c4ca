import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { BoundedMap } from '../bounded-map.ts';
import { bearerExpected, invalidToken, unknownIssuer } from '../errors.ts';
import type { KeySet } from './key-set.ts';
import type { SessionClaims } from './viewer.ts';

const claims = z.object({
  sub: z.string().min(1),
  roles: z.array(z.string()).default([]),
  exp: z.number(),
  iat: z.number().default(0),
  sid: z.string().min(1).optional(),
  auth_time: z.number().optional(),
  amr: z.array(z.string()).optional(),
  second_factor: z.boolean().optional(),
});

/** What a valid access token says. `expiresAt` is in milliseconds since 1970. */
export type AccessToken = {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly expiresAt: number;
  /** In milliseconds since 1970; 0 where the token does not say. */
  readonly issuedAt: number;
  readonly session: SessionClaims;
};

/**
 * Throws an UNAUTHENTICATED error for a token that is not valid now, IDENTITY_UNAVAILABLE when nobody can tell. Of a token
 * that was verified lately it says at once, and in the same object, what it says.
 */
export type VerifyAccessToken = (token: string) => AccessToken | Promise<AccessToken>;

/** Where no issuer of tokens is known. */
export const refuseAccessTokens: VerifyAccessToken = async () => {
  throw unknownIssuer();
};

type Options = {
  readonly keys: KeySet;
  readonly issuer: string;
  readonly audience: string;
  /** Whether the token's session was ended before the token does. */
  readonly isRevoked?: (token: AccessToken) => boolean;
};

const rememberedMs = 60_000;

/** How far the issuer's clock may be ahead of ours: a token from later would outlive every revocation. */
const skewMs = 60_000;

/** Verifies the access tokens that clients bring: EdDSA, our issuer and audience, not expired. Remembers each for a minute. */
export const createAccessTokenVerifier = (options: Options): VerifyAccessToken => {
  const { keys, issuer, audience, isRevoked = () => false } = options;
  const known = new BoundedMap<string, { verified: AccessToken; until: number }>(10_000);
  const unlessRevoked = (token: AccessToken): AccessToken => {
    if (isRevoked(token)) throw invalidToken();
    return token;
  };
  const verify = async (token: string): Promise<AccessToken> => {
    if (token === '') throw bearerExpected();
    try {
      const { payload } = await jwtVerify(token, keys.resolve, { issuer, audience, algorithms: ['EdDSA'] });
      const { sub, roles, exp, iat, ...session } = claims.parse(payload);
      if (iat * 1000 > Date.now() + skewMs) throw invalidToken();
      const verified = {
        subject: sub,
        roles,
        expiresAt: exp * 1000,
        issuedAt: Math.round(iat * 1000),
        session,
      };
      known.set(token, { verified, until: Math.min(verified.expiresAt, Date.now() + rememberedMs) });
      return unlessRevoked(verified);
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw invalidToken();
      throw error;
    }
  };
  return (token) => {
    const hit = known.get(token);
    return hit && hit.until > Date.now() ? unlessRevoked(hit.verified) : verify(token);
  };
};
