import type { CardProvider, Providers } from '../../application/card-provider.ts';
import type { ProviderName } from '../../domain/provider.ts';
import { withBreaker } from './with-breaker.ts';

/** Those who are configured, each behind a breaker where there is another to turn to. */
export const createProviders = (
  configured: Readonly<Partial<Record<ProviderName, CardProvider>>>,
): Providers => {
  const entries = Object.entries(configured);
  const hasOthers = entries.length > 1;
  const providers = new Map(
    entries.map(([name, provider]) => [name, hasOthers ? withBreaker(provider) : provider]),
  );
  return (name) => providers.get(name) ?? nobody;
};

/** What was left at a provider that is not configured any more waits until it is again. */
const nobody: CardProvider = {
  capture: async () => ({ type: 'UNKNOWN' }),
  findCapture: async () => ({ type: 'UNKNOWN' }),
  refund: async () => 'UNKNOWN',
  payout: async () => 'UNKNOWN',
  saveMethod: async () => ({ type: 'UNKNOWN' }),
  findMethod: async () => ({ type: 'UNKNOWN' }),
  forgetMethod: async () => 'UNKNOWN',
};
