import type { Instant } from '@emporium/domain';
import { Counter, type Registry } from 'prom-client';
import { createHearProvider } from '../../application/hear-provider.ts';
import type { Transact } from '../../application/ports.ts';
import type { PrismaClient } from '../generated/client.ts';
import { createProviderWebhook, type ReadEvent } from './provider-webhook.ts';
import { readStripeEvent } from './read-stripe-event.ts';

export type WebhookParts = {
  /** Without it Stripe is not listened to. */
  readonly stripeSecret: string | undefined;
  /** Reads PayPal's events; without it PayPal is not listened to. */
  readonly readPayPal?: ReadEvent | undefined;
  readonly transact: Transact;
  readonly prisma: PrismaClient;
  readonly now: () => Promise<Instant>;
  readonly registry: Registry;
};

/** Where providers tell what happened: paths beside GraphQL, open to whoever can sign. */
export const createWebhookRoutes = (options: WebhookParts) => {
  const { stripeSecret, readPayPal, transact, registry, ...parts } = options;
  const counter = new Counter({
    name: 'emporium_provider_webhooks_total',
    help: 'What providers told, by provider and by what came of it; what is refused has the code of its refusal.',
    labelNames: ['provider', 'outcome'] as const,
    registers: [registry],
  });
  const shared = { ...parts, hear: createHearProvider(transact), counter };
  return {
    ...(stripeSecret && {
      '/webhooks/stripe': createProviderWebhook({
        ...{ ...shared, provider: 'stripe' },
        read: readStripe(stripeSecret),
      }),
    }),
    ...(readPayPal && {
      '/webhooks/paypal': createProviderWebhook({ ...shared, provider: 'paypal', read: readPayPal }),
    }),
  };
};

const readStripe =
  (secret: string): ReadEvent =>
  async (body, { 'stripe-signature': signature }, now) =>
    readStripeEvent(body, typeof signature === 'string' ? signature : undefined, secret, now);
