import Stripe from 'stripe';
import { z } from 'zod';
import type { ProviderNews } from '../../application/ports.ts';
import { fromStripe } from '../providers/stripe/stripe-money.ts';

/** How long after it was signed an event is believed to be new; both ways, for clocks that differ. */
const windowSeconds = 300;

/** Why something is refused before it is kept as an event. */
export type WebhookRefusal = 'UNSIGNED' | 'STALE' | 'UNREADABLE';

const whole = z.int().nonnegative();

const event = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  data: z.object({
    object: z.object({
      object: z.string(),
      currency: z.string().optional(),
      amount: whole.optional(),
      amount_received: whole.optional(),
      metadata: z.record(z.string(), z.string()).nullish(),
      transfer_group: z.string().nullish(),
    }),
  }),
});

type Told = z.output<typeof event>['data']['object'];

/** The news in a signed body; `now` are seconds since 1970. */
export const readStripeEvent = (
  body: Buffer,
  signature: string | undefined,
  secret: string,
  now: number,
): Omit<ProviderNews, 'digest'> | WebhookRefusal => {
  try {
    // Its age is judged below, by another clock.
    Stripe.webhooks.signature?.verifyHeader(body, signature ?? '', secret, 0);
  } catch {
    return 'UNSIGNED';
  }
  if (Math.abs(now - signedAt(signature)) > windowSeconds) return 'STALE';
  const read = event.safeParse(parsed(body));
  if (!read.success) return 'UNREADABLE';
  const { id, type, data } = read.data;
  const isCapture = type === 'payment_intent.succeeded';
  const { amount, amount_received, currency } = data.object;
  const told = isCapture ? amount_received : amount;
  return {
    ...{ id, type, isCapture, provider: 'stripe', subject: subjectOf(data.object) },
    amount: told === undefined || !currency ? null : fromStripe({ amount: told, currency }),
  };
};

/** The header says it, and the signature covers it. */
const signedAt = (signature = ''): number => Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1]);

const subjectOf = ({ object, metadata, transfer_group }: Told): string | null => {
  switch (object) {
    case 'payment_intent':
      return metadata?.paymentId ?? null;
    case 'refund':
      return metadata?.refundId ?? null;
    case 'transfer':
      return transfer_group ?? null;
    default:
      return null;
  }
};

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
};
