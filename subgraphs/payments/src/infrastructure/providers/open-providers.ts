import type { Logger } from 'pino';
import type { CardProvider, Providers } from '../../application/card-provider.ts';
import type { ProviderName } from '../../domain/provider.ts';
import { createRouting, type Routes, type Routing } from '../../domain/provider-routing.ts';
import { createProviders } from './create-providers.ts';
import { createHttpCardProvider } from './http-card-provider.ts';
import { createStripeProvider } from './stripe/stripe-provider.ts';

/** What the environment says of providers: one that has no address or key is not there. */
export type ProviderSettings = {
  readonly CARD_PROVIDERS: Routes;
  readonly CARD_PROVIDER_URL?: string | undefined;
  readonly SANDBOX_TOKENS: readonly string[];
  readonly STRIPE_TOKENS: readonly string[];
  readonly STRIPE_SECRET_KEY?: string | undefined;
  readonly STRIPE_RETURN_URL?: string | undefined;
  readonly STRIPE_API_URL?: string | undefined;
};

export type OpenProviders = {
  readonly providers: Providers;
  readonly routing: Routing;
  close(): Promise<void>;
};

/** Every provider that is configured, and who is asked for what. */
export const openProviders = (settings: ProviderSettings, logger: Logger): OpenProviders => {
  const { CARD_PROVIDERS, CARD_PROVIDER_URL, SANDBOX_TOKENS, STRIPE_TOKENS } = settings;
  const sandbox = CARD_PROVIDER_URL ? createHttpCardProvider({ url: CARD_PROVIDER_URL, logger }) : null;
  const stripe = settings.STRIPE_SECRET_KEY
    ? createStripeProvider({
        ...{ secretKey: settings.STRIPE_SECRET_KEY, logger },
        ...{ url: settings.STRIPE_API_URL, returnUrl: settings.STRIPE_RETURN_URL },
      })
    : null;
  const configured: Partial<Record<ProviderName, CardProvider>> = {
    ...(sandbox && { sandbox }),
    ...(stripe && { stripe }),
  };
  return {
    providers: createProviders(configured),
    routing: createRouting(CARD_PROVIDERS, { sandbox: SANDBOX_TOKENS, stripe: STRIPE_TOKENS }),
    close: async () => {
      await sandbox?.close();
    },
  };
};
