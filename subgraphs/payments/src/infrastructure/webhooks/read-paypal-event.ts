import { createVerify, type X509Certificate } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { ProviderNews } from '../../application/ports.ts';
import { fromPayPal, paypalAmount } from '../providers/paypal/paypal-money.ts';
import { parsed } from './parsed.ts';
import type { FindCertificate } from './paypal-certificates.ts';
import type { ReadEvent } from './provider-webhook.ts';

/** PayPal sends an event for three days until it is taken; nothing older is from there. */
const oldestSeconds = 3 * 24 * 3600 + 300;
/** For clocks that differ. */
const aheadSeconds = 300;

/** Of things that are none of payments' PayPal tells amounts of another shape. */
const about = {
  custom_id: z.string().max(255).nullish(),
  amount: paypalAmount.optional().catch(undefined),
};

const event = z.object({
  id: z.string().min(1).max(255),
  event_type: z.string().min(1).max(255),
  resource: z.object({ ...about, purchase_units: z.array(z.object(about)).optional() }),
});

const transmission = z.object({
  'paypal-transmission-id': z.string().min(1).max(100),
  'paypal-transmission-time': z.iso.datetime({ offset: true }),
  'paypal-transmission-sig': z.string().min(1).max(1000),
  'paypal-cert-url': z.string().min(1).max(500),
  'paypal-auth-algo': z.literal('SHA256withRSA'),
});

type Transmission = z.output<typeof transmission>;

/** Reads what PayPal tells of the webhook with that id. */
export const createReadPayPalEvent =
  (webhookId: string, findCertificate: FindCertificate): ReadEvent =>
  async (body, headers, now) => {
    const sent = readHeaders(headers);
    if (!sent) return 'UNSIGNED';
    const age = now - Date.parse(sent['paypal-transmission-time']) / 1000;
    if (age > oldestSeconds || age < -aheadSeconds) return 'STALE';
    const certificate = await findCertificate(sent['paypal-cert-url'], now);
    if (certificate === 'UNAVAILABLE') return 'UNVERIFIABLE';
    if (certificate === 'REFUSED' || !isSigned(body, sent, webhookId, certificate)) return 'UNSIGNED';
    const read = event.safeParse(parsed(body));
    return read.success ? newsOf(read.data) : 'UNREADABLE';
  };

const readHeaders = (headers: IncomingHttpHeaders): Transmission | null =>
  transmission.safeParse(headers).data ?? null;

/** The signature covers the body only by its CRC-32, which can be forged: so that an event is never more than a reason to look. */
const isSigned = (
  body: Buffer,
  sent: Transmission,
  webhookId: string,
  { publicKey }: X509Certificate,
): boolean => {
  const { 'paypal-transmission-id': id, 'paypal-transmission-time': time } = sent;
  const check = createVerify('sha256').update(`${id}|${time}|${webhookId}|${crc32(body)}`);
  return check.verify(publicKey, sent['paypal-transmission-sig'], 'base64');
};

const newsOf = ({
  id,
  event_type: type,
  resource,
}: z.output<typeof event>): Omit<ProviderNews, 'digest'> => {
  const { custom_id, amount } = resource.purchase_units?.[0] ?? resource;
  const isCapture = type === 'PAYMENT.CAPTURE.COMPLETED';
  const subject = custom_id || null;
  return { id, type, isCapture, provider: 'paypal', subject, amount: amount ? fromPayPal(amount) : null };
};
