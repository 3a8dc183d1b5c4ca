import { importJWK, type JWK, SignJWT } from 'jose';
import { BoundedMap } from '../bounded-map.ts';
import type { Viewer } from './viewer.ts';

const lifetimeSeconds = 60;
const remembered = 10_000;

/** A token that tells one subgraph who asks; without a viewer it speaks for the gateway alone. Null where nothing is signed. */
export type MintInternalToken = (subgraph: string, viewer?: Viewer) => Promise<string | null>;

/** For subgraphs that are told nothing. */
export const mintNothing: MintInternalToken = async () => null;

/** A token as it travels: as a header, or in `connection_init`. */
export const authorizationOf = (token: string | null): Record<string, string> =>
  token === null ? {} : { authorization: `Bearer ${token}` };

/** Identifies what a subgraph is told of a viewer. */
export const viewerKey = (viewer: Viewer | undefined): string =>
  viewer ? JSON.stringify([viewer.id, viewer.roles, viewer.address]) : '';

/** Signs internal tokens (EdDSA, 60 s, one audience each) and hands each out again for half of its life. */
export const createInternalTokens = (key: JWK, now: () => number = Date.now) => {
  const minted = new BoundedMap<string, { token: Promise<string>; renewAt: number }>(remembered);
  const signingKey = importJWK(key, 'EdDSA');

  const sign = async (subgraph: string, viewer: Viewer | undefined): Promise<string> => {
    const issuedAt = Math.floor(now() / 1000);
    const token = new SignJWT({ roles: viewer?.roles ?? [], ...(viewer ? { addr: viewer.address } : {}) })
      .setProtectedHeader({ alg: 'EdDSA', ...(key.kid ? { kid: key.kid } : {}) })
      .setIssuer('emporium-gateway')
      .setAudience(subgraph)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds);
    if (viewer?.id) token.setSubject(viewer.id);
    return token.sign(await signingKey);
  };

  return (subgraph: string, viewer?: Viewer): Promise<string> => {
    const cacheKey = `${subgraph}\n${viewerKey(viewer)}`;
    const hit = minted.get(cacheKey);
    if (hit && hit.renewAt > now()) return hit.token;
    const token = sign(subgraph, viewer);
    minted.set(cacheKey, { token, renewAt: now() + (lifetimeSeconds * 1000) / 2 });
    token.catch(() => minted.delete(cacheKey));
    return token;
  };
};
