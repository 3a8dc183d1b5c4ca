import Stripe from 'stripe';

export type StripeAccess = {
  readonly secretKey: string;
  /** Where the API answers, when it is not Stripe's own. */
  readonly url?: string | undefined;
  readonly timeoutMs?: number;
};

/** Nothing is repeated behind our back: who asks again knows what was asked before. */
export const openStripe = ({ secretKey, url, timeoutMs = 8000 }: StripeAccess): Stripe => {
  const { protocol, hostname, port } = new URL(url ?? 'https://api.stripe.com');
  return new Stripe(secretKey, {
    ...{ maxNetworkRetries: 0, timeout: timeoutMs, telemetry: false },
    ...{ host: hostname, protocol: protocol === 'http:' ? 'http' : 'https' },
    ...(port && { port }),
  });
};
