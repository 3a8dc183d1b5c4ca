/** X.509 certificates with a key of their own, in as much DER as one takes. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export type Certified = { readonly name: string; readonly privateKey: KeyObject; readonly pem: string };

const der = (tag: number, ...contents: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
};
const sequence = (...contents: readonly Buffer[]) => der(0x30, ...contents);
const sha256WithRsa = sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));

const nameOf = (commonName: string): Buffer => {
  const attribute = sequence(der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from(commonName)));
  return sequence(der(0x31, attribute));
};

const timeOf = (at: Date): Buffer =>
  der(0x17, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

type CertificateWish = {
  readonly name: string;
  /** Who signs it; without one it signs itself. */
  readonly issuer?: Certified;
  /** Days from now; the first may be past. */
  readonly validFor?: readonly [from: number, to: number];
};

export const certify = ({ name, issuer, validFor = [-1, 365] }: CertificateWish): Certified => {
  // Short, for it guards nothing: one of 2048 bits takes half a second to find.
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const [from, to] = validFor.map((days) => timeOf(new Date(Date.now() + days * 86_400_000)));
  if (!from || !to) throw new Error('a certificate holds from one day to another');
  const content = sequence(
    ...[der(0x02, Buffer.from([1])), sha256WithRsa, nameOf(issuer?.name ?? name)],
    ...[sequence(from, to), nameOf(name), publicKey.export({ type: 'spki', format: 'der' })],
  );
  const signature = sign('sha256', content, issuer?.privateKey ?? privateKey);
  const whole = sequence(content, sha256WithRsa, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
  return { name, privateKey, pem };
};
