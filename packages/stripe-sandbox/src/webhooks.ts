/** Events on their way to whoever wants to hear them, signed as Stripe signs them. */
import { createHmac } from 'node:crypto';
import { createEvents, lying, type Sending } from '@emporium/provider-sandbox';
import type { StripeEvent } from './objects.ts';

export type Endpoint = { readonly url: string; readonly secret: string };

export type Delivery = Sending & {
  /** With amounts that are not true. */
  readonly lying?: boolean;
  /** As if sent so many seconds ago. */
  readonly secondsAgo?: number;
  /** Signed with another secret; null: not at all. */
  readonly secret?: string | null;
};

/** The value of `Stripe-Signature` for a body. */
export const sign = (body: string, secret: string, seconds: number): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

const post = async (
  { url, secret }: Endpoint,
  event: StripeEvent,
  delivery: Delivery = {},
): Promise<number> => {
  const body = JSON.stringify(delivery.lying ? lying(event) : event);
  const key = delivery.secret === undefined ? secret : delivery.secret;
  const seconds = Math.floor(Date.now() / 1000) - (delivery.secondsAgo ?? 0);
  const signature = key === null ? {} : { 'stripe-signature': sign(body, key, seconds) };
  const headers = { 'content-type': 'application/json', ...signature };
  return (await fetch(url, { method: 'POST', headers, body })).status;
};

export const createWebhooks = () => createEvents<StripeEvent, Endpoint, Delivery>(describe, post);

const describe = ({ type, data: { object } }: StripeEvent) => ({
  type,
  subject: object.metadata.paymentId ?? object.metadata.refundId,
});
