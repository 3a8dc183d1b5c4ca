import type { Logger } from '@emporium/subgraph';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import type { ProviderSetting } from './provider-settings.ts';

/** How long what a provider says of itself is believed; it changes about never. */
const freshMs = 60 * 60 * 1000;
/** How long a provider that could not be asked again is left alone, while what it said before is still used. */
const pauseMs = 60 * 1000;
/** Four requests at most make one sign-in, and the gateway waits ten seconds. */
const timeoutSeconds = 2;

/** As the provider can take it; by header where it does not say, which is what the standard expects. */
const clientAuth = (secret: string | undefined): ClientAuth => {
  if (secret === undefined) return None();
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
};

/** Asks a provider what it is when somebody first needs it, and keeps the answer, also beyond its time when it cannot be asked. */
export const cachedDiscovery = (
  { id, issuer, clientId, clientSecret }: ProviderSetting,
  logger: Logger,
  now: () => number,
): (() => Promise<Configuration>) => {
  const server = new URL(issuer);
  const execute = [enableNonRepudiationChecks];
  if (server.protocol === 'http:') execute.push(allowInsecureRequests); // configuration lets it only on loopback
  let known: { configuration: Configuration; until: number } | undefined;
  let asking: Promise<Configuration> | undefined;

  const ask = async (): Promise<Configuration> => {
    try {
      const configuration = await discovery(server, clientId, {}, clientAuth(clientSecret), {
        execute,
        timeout: timeoutSeconds,
      });
      known = { configuration, until: now() + freshMs };
      return configuration;
    } catch (error) {
      logger.warn({ provider: id, reason: String(error) }, 'an identity provider does not say what it is');
      if (!known) throw error;
      known = { ...known, until: now() + pauseMs };
      return known.configuration;
    } finally {
      asking = undefined;
    }
  };

  return async () => {
    if (known && now() < known.until) return known.configuration;
    asking ??= ask();
    return asking;
  };
};
