/** Events on their way to whoever wants to hear them, signed as PayPal signs them. */
import { randomUUID } from 'node:crypto';
import { createEvents, lying, type Sending } from '@emporium/provider-sandbox';
import type { PayPalEvent } from './objects.ts';
import type { Signer } from './signer.ts';

export type Endpoint = { readonly url: string; readonly webhookId: string };

export type Delivery = Sending & {
  /** With amounts that are not true. */
  readonly lying?: boolean;
  /** As if sent so many seconds ago. */
  readonly secondsAgo?: number;
  /** For another webhook than the listener's. */
  readonly webhookId?: string;
  /** Signed, and then changed. */
  readonly tampered?: boolean;
  /** Where the certificate is said to be. */
  readonly certUrl?: string;
  /** Without any of the headers. */
  readonly unsigned?: boolean;
};

export const createWebhooks = (signer: Signer, certUrl: () => string) => {
  const post = async (to: Endpoint, event: PayPalEvent, how: Delivery = {}): Promise<number> => {
    const body = JSON.stringify(how.lying ? lying(event) : event);
    const id = randomUUID();
    const time = new Date(Date.now() - (how.secondsAgo ?? 0) * 1000).toISOString();
    const signature = signer.sign(body, { id, time, webhookId: how.webhookId ?? to.webhookId });
    const signed = {
      'paypal-transmission-id': id,
      'paypal-transmission-time': time,
      'paypal-transmission-sig': signature,
      'paypal-cert-url': how.certUrl ?? certUrl(),
      'paypal-auth-algo': 'SHA256withRSA',
    };
    const answer = await fetch(to.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(how.unsigned ? {} : signed) },
      body: how.tampered ? `${body} ` : body,
    });
    return answer.status;
  };
  return createEvents<PayPalEvent, Endpoint, Delivery>(describe, post);
};

const describe = ({ event_type: type, resource }: PayPalEvent) => {
  const { custom_id: subject } = 'custom_id' in resource ? resource : resource.purchase_units[0];
  return { type, subject };
};
