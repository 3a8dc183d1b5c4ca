import { importJWK, type JWK, SignJWT } from 'jose';
import { BoundedMap } from '../bounded-map.ts';
import type { Viewer } from './viewer.ts';

const lifetimeSeconds = 60;
const remembered = 10_000;

/**
 * A token that tells one subgraph who asks; without a viewer it speaks for the gateway alone. Null where nothing is signed;
 * at once where one was signed lately.
 */
export type MintInternalToken = (
  subgraph: string,
  viewer?: Viewer,
) => string | null | Promise<string | null>;

/** For subgraphs that are told nothing. */
export const mintNothing: MintInternalToken = () => null;

/** A token as it travels: as a header, or in `connection_init`. */
export const authorizationOf = (token: string | null): Record<string, string> =>
  token === null ? {} : { authorization: `Bearer ${token}` };

const keys = new WeakMap<Viewer, string>();

/** Identifies what a subgraph is told of a viewer. */
export const viewerKey = (viewer: Viewer | undefined): string => {
  if (!viewer) return '';
  let key = keys.get(viewer);
  if (key === undefined) {
    key = JSON.stringify([viewer.id, viewer.roles, viewer.address, viewer.session]);
    keys.set(viewer, key);
  }
  return key;
};

type Minted = { token: string | Promise<string>; readonly renewAt: number };

/** Signs internal tokens (EdDSA, 60 s, one audience each) and hands each out again for half of its life. */
export const createInternalTokens = (
  key: JWK,
  now: () => number = Date.now,
): ((subgraph: string, viewer?: Viewer) => string | Promise<string>) => {
  /** By viewer and subgraph. */
  const minted = new BoundedMap<string, Map<string, Minted>>(remembered);
  const signingKey = importJWK(key, 'EdDSA');

  const sign = async (subgraph: string, viewer: Viewer | undefined): Promise<string> => {
    const issuedAt = Math.floor(now() / 1000);
    const token = new SignJWT({
      ...viewer?.session,
      roles: viewer?.roles ?? [],
      ...(viewer ? { addr: viewer.address } : {}),
    })
      .setProtectedHeader({ alg: 'EdDSA', ...(key.kid ? { kid: key.kid } : {}) })
      .setIssuer('emporium-gateway')
      .setAudience(subgraph)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds);
    if (viewer?.id) token.setSubject(viewer.id);
    return token.sign(await signingKey);
  };

  return (subgraph, viewer) => {
    const cacheKey = viewerKey(viewer);
    let ofViewer = minted.get(cacheKey);
    const hit = ofViewer?.get(subgraph);
    if (hit && hit.renewAt > now()) return hit.token;
    if (!ofViewer) {
      ofViewer = new Map();
      minted.set(cacheKey, ofViewer);
    }
    return mintInto(ofViewer, subgraph, sign(subgraph, viewer), now() + (lifetimeSeconds * 1000) / 2);
  };
};

const mintInto = (
  minted: Map<string, Minted>,
  subgraph: string,
  token: Promise<string>,
  renewAt: number,
): Promise<string> => {
  const fresh: Minted = { token, renewAt };
  minted.set(subgraph, fresh);
  token.then(
    (signed) => {
      fresh.token = signed;
    },
    () => minted.delete(subgraph),
  );
  return token;
};
