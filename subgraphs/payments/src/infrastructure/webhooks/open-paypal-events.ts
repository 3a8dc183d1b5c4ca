import type { Logger } from 'pino';
import { createFindCertificate } from './paypal-certificates.ts';
import type { ReadEvent } from './provider-webhook.ts';
import { createReadPayPalEvent } from './read-paypal-event.ts';

export type PayPalEventSettings = {
  readonly PAYPAL_WEBHOOK_ID?: string | undefined;
  readonly PAYPAL_API_URL: string;
};

/** What reads PayPal's events; undefined where no webhook is configured. */
export const openPayPalEvents = (
  { PAYPAL_WEBHOOK_ID: webhookId, PAYPAL_API_URL: apiUrl }: PayPalEventSettings,
  logger: Logger,
): ReadEvent | undefined =>
  webhookId ? createReadPayPalEvent(webhookId, createFindCertificate({ apiUrl, logger })) : undefined;
