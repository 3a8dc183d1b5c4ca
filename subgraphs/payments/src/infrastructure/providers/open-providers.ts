import type { Logger } from 'pino';
import type { CardProvider, Providers } from '../../application/card-provider.ts';
import type { ProviderName } from '../../domain/provider.ts';
import { createRouting, type Routes, type Routing } from '../../domain/provider-routing.ts';
import { createProviders } from './create-providers.ts';
import { createHttpCardProvider } from './http-card-provider.ts';
import { createPayPalProvider } from './paypal/paypal-provider.ts';
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
  readonly PAYPAL_TOKENS: readonly string[];
  readonly PAYPAL_CLIENT_ID?: string | undefined;
  readonly PAYPAL_CLIENT_SECRET?: string | undefined;
  readonly PAYPAL_RETURN_URL?: string | undefined;
  readonly PAYPAL_API_URL: string;
};

export type OpenProviders = {
  readonly providers: Providers;
  readonly routing: Routing;
  close(): Promise<void>;
};

/** Every provider that is configured, and who is asked for what. */
export const openProviders = (settings: ProviderSettings, logger: Logger): OpenProviders => {
  const { CARD_PROVIDERS, CARD_PROVIDER_URL } = settings;
  const tokens = {
    sandbox: settings.SANDBOX_TOKENS,
    stripe: settings.STRIPE_TOKENS,
    paypal: settings.PAYPAL_TOKENS,
  };
  const sandbox = CARD_PROVIDER_URL ? createHttpCardProvider({ url: CARD_PROVIDER_URL, logger }) : null;
  const stripe = settings.STRIPE_SECRET_KEY
    ? createStripeProvider({
        ...{ secretKey: settings.STRIPE_SECRET_KEY, logger },
        ...{ url: settings.STRIPE_API_URL, returnUrl: settings.STRIPE_RETURN_URL },
      })
    : null;
  const paypal =
    settings.PAYPAL_CLIENT_ID && settings.PAYPAL_CLIENT_SECRET
      ? createPayPalProvider({
          ...{ clientId: settings.PAYPAL_CLIENT_ID, clientSecret: settings.PAYPAL_CLIENT_SECRET, logger },
          ...{ url: settings.PAYPAL_API_URL, returnUrl: settings.PAYPAL_RETURN_URL },
        })
      : null;
  const configured: Partial<Record<ProviderName, CardProvider>> = {
    ...(sandbox && { sandbox }),
    ...(stripe && { stripe }),
    ...(paypal && { paypal }),
  };
  return {
    providers: createProviders(configured),
    routing: createRouting(CARD_PROVIDERS, tokens),
    close: async () => {
      await sandbox?.close();
      await paypal?.close();
    },
  };
};
