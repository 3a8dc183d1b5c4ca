import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { z } from 'zod';
import { roles, type Viewer } from './viewer.ts';

const claims = z.object({
  sub: z.string().min(1).optional(),
  roles: z.array(z.enum(roles)).default([]),
  addr: z.string().optional(),
  sid: z.string().min(1).optional(),
  auth_time: z.number().optional(),
  amr: z.array(z.string()).default([]),
  second_factor: z.boolean().default(false),
  exp: z.number(),
});

const viewerOf = ({
  sub,
  roles,
  addr,
  sid,
  auth_time,
  amr,
  second_factor,
}: z.output<typeof claims>): Viewer => ({
  id: sub ?? null,
  roles,
  address: addr ?? null,
  ...(auth_time !== undefined && {
    session: {
      id: sid ?? null,
      authenticatedAt: auth_time,
      methods: amr,
      hasSecondFactor: second_factor,
    },
  }),
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
      const said = claims.parse(payload);
      const viewer = viewerOf(said);
      if (known.size >= remembered) known.clear();
      known.set(token, { viewer, expires: said.exp * 1000 });
      return viewer;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null;
      throw error;
    }
  };
};
