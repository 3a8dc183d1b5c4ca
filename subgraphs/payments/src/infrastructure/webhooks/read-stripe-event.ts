import Stripe from 'stripe';
import { z } from 'zod';
import type { ProviderNews } from '../../application/ports.ts';
import { fromStripe } from '../providers/stripe/stripe-money.ts';
import { parsed } from './parsed.ts';
import type { WebhookRefusal } from './provider-webhook.ts';

/** How long after it was signed an event is believed to be new; both ways, for clocks that differ. */
const windowSeconds = 300;

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
  const signed = signedAt(signature);
  if (signed === null || !isSigned(body, signature, secret)) return 'UNSIGNED';
  if (Math.abs(now - signed) > windowSeconds) return 'STALE';
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

/** Its age is judged apart, by the database's clock. */
const isSigned = (body: Buffer, signature: string | undefined, secret: string): boolean => {
  const { signature: check } = Stripe.webhooks;
  if (!check) throw new Error('there is nothing to check a signature with');
  try {
    return check.verifyHeader(body, signature ?? '', secret, 0);
  } catch {
    return false;
  }
};

/** The header says it, and the signature covers it; of two times nobody could say which one it covers. */
const signedAt = (signature = ''): number | null => {
  const [first, ...others] = signature.matchAll(/(?:^|,)t=(\d+)/g);
  return first && others.length === 0 ? Number(first[1]) : null;
};

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
