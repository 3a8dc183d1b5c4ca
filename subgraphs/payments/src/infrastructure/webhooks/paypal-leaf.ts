import type { X509Certificate } from 'node:crypto';

/**
 * The first certificate of a chain, if it is made out to PayPal, and each is valid and signed by the next one; else null. `now` are
 * seconds since 1970. Who signed the last one is not asked: PayPal need not send it, and where the chain comes from is looked at before.
 */
export const leafOf = (chain: readonly X509Certificate[], now: number): X509Certificate | null => {
  const [leaf] = chain;
  return leaf && isPayPals(leaf) && chain.every((each, at) => holds(each, chain[at + 1], now))
    ? leaf
    : null;
};

const isPayPals = ({ subject }: X509Certificate): boolean => /^CN=([\w-]+\.)*paypal\.com$/m.test(subject);

const holds = (certificate: X509Certificate, issuer: X509Certificate | undefined, now: number): boolean => {
  const { validFrom, validTo } = certificate;
  const isValid = Date.parse(validFrom) / 1000 <= now && now <= Date.parse(validTo) / 1000;
  return isValid && (!issuer || (certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)));
};
