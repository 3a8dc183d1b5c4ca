import type { Config } from '../config.ts';
import type { Probes } from '../http/readiness.ts';
import { createAccessTokenVerifier, refuseAccessTokens } from '../identity/access-token.ts';
import { createIdentify, type Identification } from '../identity/identify.ts';
import { createKeySet, fetchKeySet } from '../identity/key-set.ts';
import type { Logger } from '../logger.ts';
import type { News } from '../news.ts';

type Parts = { readonly config: Config; readonly news: News; readonly logger: Logger };

export type WiredIdentification = {
  readonly identification: Identification;
  /** The keys of whoever issues access tokens are known, where there is one. */
  readonly probes: Probes;
};

/** Who asks: by the keys of an issuer, or, without one, nobody. */
export const wireIdentification = ({ config, news, logger }: Parts): WiredIdentification => {
  const keysUrl = config.USERS_JWKS_URL;
  const keys = keysUrl ? createKeySet({ fetchKeys: () => fetchKeySet(keysUrl), logger }) : null;
  if (!keys)
    logger.warn('USERS_JWKS_URL is not set: everybody is anonymous, and access tokens are refused');
  const verify = keys
    ? createAccessTokenVerifier({
        keys,
        issuer: config.ACCESS_TOKEN_ISSUER,
        audience: config.ACCESS_TOKEN_AUDIENCE,
        isRevoked: news.isRevoked,
      })
    : refuseAccessTokens;
  return {
    identification: createIdentify({
      verify,
      cookies: {
        access: config.ACCESS_COOKIE,
        refresh: config.REFRESH_COOKIE,
        signIn: config.SIGN_IN_COOKIE,
      },
      sessionHeader: config.SESSION_HEADER,
      allowedOrigins: config.ALLOWED_ORIGINS,
      trustedHops: config.TRUST_PROXY,
    }),
    probes: keys ? { 'access token keys': () => keys.load().then(keys.isKnown) } : {},
  };
};
