import type { Logger } from '@emporium/subgraph';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  type IDToken,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { AttemptSecrets, IdentityProviders, ProviderAnswer } from '../../application/sign-in/ports.ts';
import type { ProvenIdentity } from '../../domain/linked-identity.ts';
import { cachedDiscovery } from './cached-discovery.ts';
import type { ProviderSetting } from './provider-settings.ts';
import { readClaims } from './read-claims.ts';

type Options = {
  readonly providers: readonly ProviderSetting[];
  readonly redirectUri: string | null;
  readonly returnOrigins: readonly string[];
  readonly logger: Logger;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
};

/** What the libraries say of an answer that did not come, or that is not one of a provider in order. */
const silent = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);
/** What a provider answers when it is not at its best, or when we are not set up as it knows us. */
const notOfTheCode = new Set([
  'server_error',
  'temporarily_unavailable',
  'invalid_client',
  'unauthorized_client',
]);

/** Whether it was not about what somebody brought: then they may try again. */
const isUnavailable = (error: unknown): boolean => {
  if (error instanceof ResponseBodyError) return error.status >= 500 || notOfTheCode.has(error.error);
  if (error instanceof WWWAuthenticateChallengeError) return true;
  if (error instanceof ClientError) return silent.has(error.code ?? '') || error.cause instanceof TypeError;
  return error instanceof TypeError;
};

/** OpenID Connect by the authorization code flow with PKCE, state, nonce, and signatures that are checked. */
export const openidProviders = ({
  providers,
  redirectUri,
  returnOrigins,
  logger,
  now = () => performance.now(),
}: Options): IdentityProviders => {
  const byId = new Map(
    providers.map((setting) => [
      setting.id,
      { ...setting, discover: cachedDiscovery(setting, logger, now) },
    ]),
  );

  const exchange = async (
    configuration: Configuration,
    { code, iss }: ProviderAnswer,
    { state, nonce, verifier }: AttemptSecrets,
  ): Promise<ProvenIdentity | null> => {
    const returned = new URL(redirectUri ?? '');
    returned.search = String(new URLSearchParams({ code, state, ...(iss === null ? {} : { iss }) }));
    const tokens = await authorizationCodeGrant(configuration, returned, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims() as IDToken;
    const { userinfo_endpoint: userInfo } = configuration.serverMetadata();
    if (claims.email !== undefined || userInfo === undefined) return readClaims(claims, claims);
    return readClaims(claims, await fetchUserInfo(configuration, tokens.access_token, claims.sub));
  };

  return {
    list: providers.map(({ id, name }) => ({ id, name })),
    returnOrigins: redirectUri === null ? [] : [new URL(redirectUri).origin, ...returnOrigins],
    nameOf: (id) => byId.get(id)?.name ?? id,

    authorizationUrl: async (id, { state, nonce, verifier }) => {
      const provider = byId.get(id);
      const configuration = await provider?.discover().catch(() => undefined);
      if (!provider || !configuration) return 'unavailable';
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri ?? '',
        scope: provider.scopes.join(' '),
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },

    prove: async (id, answer, secrets) => {
      const provider = byId.get(id);
      const configuration = await provider?.discover().catch(() => undefined);
      if (!configuration) return 'unavailable';
      try {
        return (await exchange(configuration, answer, secrets)) ?? 'rejected';
      } catch (error) {
        const unavailable = isUnavailable(error);
        const log = { provider: id, reason: String(error) };
        if (unavailable) logger.warn(log, 'an identity provider does not answer as it should');
        else logger.info(log, 'a sign-in with an identity provider was rejected');
        return unavailable ? 'unavailable' : 'rejected';
      }
    },
  };
};
