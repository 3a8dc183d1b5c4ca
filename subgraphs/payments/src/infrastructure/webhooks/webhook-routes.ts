import type { Instant } from '@emporium/domain';
import { Counter, type Registry } from 'prom-client';
import { createHearProvider } from '../../application/hear-provider.ts';
import type { Transact } from '../../application/ports.ts';
import type { PrismaClient } from '../generated/client.ts';
import { createStripeWebhook } from './stripe-webhook.ts';

export type WebhookParts = {
  /** Without it nobody is listened to. */
  readonly stripeSecret: string | undefined;
  readonly transact: Transact;
  readonly prisma: PrismaClient;
  readonly now: () => Promise<Instant>;
  readonly registry: Registry;
};

/** Where providers tell what happened: paths beside GraphQL, open to whoever can sign. */
export const createWebhookRoutes = ({ stripeSecret, transact, registry, ...parts }: WebhookParts) => {
  const counter = new Counter({
    name: 'emporium_provider_webhooks_total',
    help: 'What providers told, by provider and by what came of it; what is refused has the code of its refusal.',
    labelNames: ['provider', 'outcome'] as const,
    registers: [registry],
  });
  const hear = createHearProvider(transact);
  return stripeSecret
    ? { '/webhooks/stripe': createStripeWebhook({ ...parts, secret: stripeSecret, hear, counter }) }
    : {};
};
