import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { z } from 'zod';
import { roles, type Viewer } from './viewer.ts';

const claims = z.object({
  sub: z.string().min(1).optional(),
  roles: z.array(z.enum(roles)).default([]),
  addr: z.string().optional(),
  exp: z.number(),
});

/** Says who a gateway's token speaks for; null when this subgraph must not believe it. */
export type VerifyInternalToken = (token: string | undefined) => Promise<Viewer | null>;

const remembered = 10_000;

/**
 * Verifies the gateway's tokens: EdDSA, issued by `emporium-gateway` for this subgraph, not expired. A token's answer is
 * remembered until it expires, because the gateway sends the same one for up to a minute.
 */
export const createTokenVerifier = (jwks: JSONWebKeySet, audience: string): VerifyInternalToken => {
  const keys = createLocalJWKSet(jwks);
  const known = new Map<string, { viewer: Viewer; expires: number }>();
  return async (header) => {
    const token = header?.replace(/^Bearer /i, '');
    if (!token) return null;
    const hit = known.get(token);
    if (hit && hit.expires > Date.now()) return hit.viewer;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: 'emporium-gateway',
        audience,
        algorithms: ['EdDSA'],
      });
      const { sub, roles: held, addr, exp } = claims.parse(payload);
      const viewer: Viewer = { id: sub ?? null, roles: held, address: addr ?? null };
      if (known.size >= remembered) known.clear();
      known.set(token, { viewer, expires: exp * 1000 });
      return viewer;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null;
      throw error;
    }
  };
};
