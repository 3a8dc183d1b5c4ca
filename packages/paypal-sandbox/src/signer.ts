import { createSign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { certify } from './certificate.ts';

type Transmission = {
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  readonly webhookId: string;
};

export type Signer = {
  /** The certificate and whoever it is from, one after the other. */
  readonly pem: string;
  /** Base64, as in `PAYPAL-TRANSMISSION-SIG`. */
  readonly sign: (body: string, transmission: Transmission) => string;
};

/** Signs as PayPal does: not the body, but what was sent when to whom, and the body's CRC-32 in decimals. */
export const createSigner = (): Signer => {
  const root = certify({ name: 'Sandbox Root CA' });
  const leaf = certify({ name: 'messageverificationcerts.paypal.com', issuer: root });
  return {
    pem: `${leaf.pem}${root.pem}`,
    sign: (body, { id, time, webhookId }) =>
      createSign('sha256')
        .update(`${id}|${time}|${webhookId}|${crc32(body)}`)
        .sign(leaf.privateKey, 'base64'),
  };
};
