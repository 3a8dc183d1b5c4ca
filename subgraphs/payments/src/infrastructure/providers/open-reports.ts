import type { Logger } from 'pino';
import type { ProviderReport } from '../../application/provider-report.ts';
import { createHttpProviderReport } from '../http-provider-report.ts';
import type { ProviderSettings } from './open-providers.ts';
import { createStripeReport } from './stripe/stripe-report.ts';

/** The report of every provider that is configured. */
export const openReports = (settings: ProviderSettings, logger: Logger): readonly ProviderReport[] => {
  const { CARD_PROVIDER_URL, STRIPE_SECRET_KEY, STRIPE_API_URL } = settings;
  return [
    ...(CARD_PROVIDER_URL ? [createHttpProviderReport({ url: CARD_PROVIDER_URL, logger })] : []),
    ...(STRIPE_SECRET_KEY
      ? [createStripeReport({ secretKey: STRIPE_SECRET_KEY, url: STRIPE_API_URL, logger })]
      : []),
  ];
};
