import type { Dependencies } from '../ports.ts';
import type { Enrolment } from './second-factors.ts';

export type EnrolRefusal = 'TOTP_ALREADY_ON' | 'EMAIL_NOT_VERIFIED';

/**
 * Proposes a secret, which counts for nothing until it is confirmed; null for no user of ours. Only where the address is
 * proven: a stranger who opens an account with another's address puts no lock on it.
 */
export const enrolTotp =
  ({ transact, oneTimeCodes }: Dependencies) =>
  async (userId: string): Promise<Enrolment | EnrolRefusal | null> => {
    const secret = oneTimeCodes.createSecret();
    const proposed = await transact(async ({ accounts, secondFactors }) => {
      const user = await accounts.lock(userId);
      if (!user) return null;
      if ((await secondFactors.find(user.id))?.isOn) return 'TOTP_ALREADY_ON';
      if (!user.emailVerified) return 'EMAIL_NOT_VERIFIED';
      await secondFactors.propose(user.id, secret);
      return { email: user.email };
    });
    return proposed && typeof proposed === 'object'
      ? oneTimeCodes.present(secret, proposed.email)
      : proposed;
  };
