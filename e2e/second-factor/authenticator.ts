import { eventually } from '@emporium/testing';
import { HOTP, Secret } from 'otpauth';

const stepMs = 30_000;
/** For as long a code is good after it was made, at least. */
const spareMs = 5_000;

/** An app that makes one-time codes, and none twice: it begins with the oldest that is good, so that several are to be had at once. */
export const openAuthenticator = (secret: string) => {
  let last = 0;
  return async (): Promise<string> => {
    const step = Math.max(last + 1, Math.floor((Date.now() + spareMs) / stepMs) - 1);
    const isGood = () => step <= Math.floor(Date.now() / stepMs) + 1;
    await eventually(isGood, { timeout: 2 * stepMs });
    last = step;
    return HOTP.generate({ secret: Secret.fromBase32(secret), counter: step });
  };
};
