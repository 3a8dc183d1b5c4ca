import { randomBytes, timingSafeEqual } from 'node:crypto';
import { HOTP, Secret, TOTP } from 'otpauth';
import { toDataURL } from 'qrcode';
import type { OneTimeCodes } from '../../application/second-factor/second-factors.ts';
import { stepSeconds } from '../../domain/second-factor/time-steps.ts';
import { recoveryAlphabet, recoveryLength } from '../../domain/second-factor/typed-code.ts';

/** What every app understands, some nothing else. */
const form = { algorithm: 'SHA1', digits: 6 } as const;

/** RFC 4226 wants 160 bits. */
const secretBytes = 20;

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** One-time codes of RFC 6238, and recovery codes, from the system's randomness. */
export const oneTimeCodes: OneTimeCodes = {
  createSecret: () => new Secret({ size: secretBytes }).base32,
  isCodeOf: (secret, step, digits) =>
    isSame(HOTP.generate({ ...form, secret: Secret.fromBase32(secret), counter: step }), digits),
  present: async (secret, account) => {
    const uri = new TOTP({
      ...form,
      period: stepSeconds,
      issuer: 'Emporium',
      label: account,
      secret: Secret.fromBase32(secret),
    }).toString();
    return { secret, uri, qrCode: await toDataURL(uri) };
  },
  // 32 letters divide 256: none is likelier than another.
  createRecoveryCode: () =>
    Array.from(
      randomBytes(recoveryLength),
      (byte) => recoveryAlphabet[byte % recoveryAlphabet.length],
    ).join(''),
};
