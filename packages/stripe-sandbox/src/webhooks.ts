/** Events on their way to whoever wants to hear them, signed as Stripe signs them. */
import { createHmac } from 'node:crypto';
import { lying } from './faults.ts';
import type { StripeEvent } from './objects.ts';

export type Endpoint = { readonly url: string; readonly secret: string };

export type Delivery = {
  /** Each so often. */
  readonly times?: number;
  /** The last one first. */
  readonly reversed?: boolean;
  /** With amounts that are not true. */
  readonly lying?: boolean;
  /** As if sent so many seconds ago. */
  readonly secondsAgo?: number;
  /** Signed with another secret; null: not at all. */
  readonly secret?: string | null;
  /** Only what is of these types. */
  readonly types?: readonly string[];
};

/** The value of `Stripe-Signature` for a body. */
export const sign = (body: string, secret: string, seconds: number): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

export const createWebhooks = () => {
  let waiting: StripeEvent[] = [];
  return {
    add: (event: StripeEvent): void => void waiting.push(event),
    /** Sends what has happened since; gives the statuses that were answered. */
    deliver: async (to: Endpoint, delivery: Delivery = {}): Promise<number[]> => {
      const { times = 1, types, reversed = false } = delivery;
      const sent = waiting.filter(({ type }) => !types || types.includes(type));
      waiting = waiting.filter((event) => !sent.includes(event));
      const statuses: number[] = [];
      for (const event of reversed ? sent.toReversed() : sent)
        for (let time = 0; time < times; time += 1) statuses.push(await post(to, event, delivery));
      return statuses;
    },
    clear: (): void => {
      waiting = [];
    },
  };
};

const post = async ({ url, secret }: Endpoint, event: StripeEvent, delivery: Delivery): Promise<number> => {
  const body = JSON.stringify(delivery.lying ? lying(event) : event);
  const key = delivery.secret === undefined ? secret : delivery.secret;
  const seconds = Math.floor(Date.now() / 1000) - (delivery.secondsAgo ?? 0);
  const signature = key === null ? {} : { 'stripe-signature': sign(body, key, seconds) };
  const headers = { 'content-type': 'application/json', ...signature };
  return (await fetch(url, { method: 'POST', headers, body })).status;
};
