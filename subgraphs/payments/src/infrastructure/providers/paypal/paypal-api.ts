import type { Money } from '@emporium/domain';
import { z } from 'zod';
import type { Capture } from '../../../application/card-provider.ts';
import type { PayPalAnswer, PayPalClient } from './paypal-client.ts';
import { failureOf, type PayPalFailure } from './paypal-failure.ts';
import { paypalAmount, toPayPal } from './paypal-money.ts';
import { type PayPalOrder, paypalOrder, paypalPart } from './read-order.ts';

/** What was asked for, or why it is not there. */
export type Got<Value> = { readonly value: Value } | { readonly failure: PayPalFailure | 'UNREACHED' };

const paypalRefund = z.object({ id: z.string(), status: z.string(), amount: paypalAmount });

/** What payments asks PayPal for; every change has a key of its own, made of ours, so that it is done once. */
export const createPayPalApi = (client: PayPalClient, returnUrl: string | undefined) => {
  const change = async <Value>(
    ...[path, key, body, schema]: readonly [string, string, object, z.ZodType<Value>]
  ) => read(await client.ask('POST', path, { key, body }), schema);

  return {
    orderAt: async (id: string): Promise<Got<PayPalOrder>> =>
      read(await client.ask('GET', `/v2/checkout/orders/${encodeURIComponent(id)}`), paypalOrder),
    create: async ({ key, amount, reference }: Capture): Promise<Got<PayPalOrder>> => {
      const wanted = toPayPal(amount);
      if (!wanted) return { failure: 'REFUSED' };
      const urls = returnUrl && { return_url: returnUrl, cancel_url: returnUrl };
      const experience_context = { user_action: 'PAY_NOW', shipping_preference: 'NO_SHIPPING', ...urls };
      const body = {
        intent: 'AUTHORIZE',
        purchase_units: [{ reference_id: reference, custom_id: key, amount: wanted }],
        payment_source: { paypal: { experience_context } },
      };
      return change('/v2/checkout/orders', key, body, paypalOrder);
    },
    /** Holds the money that its buyer has agreed to. */
    authorise: (orderId: string, key: string): Promise<Got<PayPalOrder>> =>
      change(`/v2/checkout/orders/${orderId}/authorize`, `${key}:authorize`, {}, paypalOrder),
    /** Takes what is held. */
    take: (authorizationId: string, { key, amount }: Capture) => {
      const body = { amount: toPayPal(amount), final_capture: true };
      return change(pathOf(authorizationId, 'capture'), `${key}:capture`, body, paypalPart);
    },
    /** Lets go of what is held; what came of it, the order says. */
    voidIt: async (authorizationId: string, key: string): Promise<void> => {
      await change(pathOf(authorizationId, 'void'), `${key}:void`, {}, z.unknown());
    },
    refund: (captureId: string, key: string, amount: Money) => {
      const path = `/v2/payments/captures/${encodeURIComponent(captureId)}/refund`;
      return change(path, key, { amount: toPayPal(amount), custom_id: key }, paypalRefund);
    },
  };
};

const pathOf = (authorizationId: string, what: string) =>
  `/v2/payments/authorizations/${authorizationId}/${what}`;

const read = <Value>(answer: PayPalAnswer | 'UNREACHED' | null, schema: z.ZodType<Value>): Got<Value> => {
  if (answer === 'UNREACHED') return { failure: 'UNREACHED' };
  if (answer === null) return { failure: 'UNKNOWN' };
  if (answer.status >= 300) return { failure: failureOf(answer) };
  const value = schema.safeParse(answer.body);
  return value.success ? { value: value.data } : { failure: 'UNKNOWN' };
};
