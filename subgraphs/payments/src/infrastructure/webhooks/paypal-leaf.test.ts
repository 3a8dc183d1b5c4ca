import { X509Certificate } from 'node:crypto';
import { type Certified, certify } from '@emporium/paypal-sandbox';
import { expect, it } from 'vitest';
import { leafOf } from './paypal-leaf.ts';

const now = Date.now() / 1000;
const root = certify({ name: 'Root' });
const ended = certify({ name: 'Ended', issuer: root, validFor: [-9, -1] });
const namesake = certify({ name: 'Root' });
const name = 'messageverificationcerts.paypal.com';
const isBelieved = (...chain: readonly Certified[]) =>
  leafOf(
    chain.map(({ pem }) => new X509Certificate(pem)),
    now,
  ) !== null;

it('a certificate is believed with whoever signed it, and alone', () => {
  const leaf = certify({ name, issuer: root });
  expect([isBelieved(leaf, root), isBelieved(leaf)]).toEqual([true, true]);
});

it.each([
  ['none at all', []],
  ['one that is not made out to PayPal', [certify({ name: 'paypal.com.evil.test', issuer: root }), root]],
  ['one that has ended', [certify({ name, issuer: root, validFor: [-9, -1] }), root]],
  ['one whose time has not come', [certify({ name, issuer: root, validFor: [1, 9] }), root]],
  ['one that another of the same name has signed', [certify({ name, issuer: root }), namesake]],
  ['one that somebody else has signed', [certify({ name, issuer: certify({ name: 'Evil' }) }), root]],
  ['one whose issuer has ended', [certify({ name, issuer: ended }), ended, root]],
])('%s is not', (_what, chain) => expect(isBelieved(...chain)).toBe(false));
