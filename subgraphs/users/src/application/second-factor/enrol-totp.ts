import type { Dependencies } from '../ports.ts';
import type { Enrolment } from './second-factors.ts';

/** Proposes a secret, which counts for nothing until it is confirmed; null for no user of ours. */
export const enrolTotp =
  ({ transact, oneTimeCodes }: Dependencies) =>
  async (userId: string): Promise<Enrolment | 'TOTP_ALREADY_ON' | null> => {
    const secret = oneTimeCodes.createSecret();
    const email = await transact(async ({ accounts, secondFactors }) => {
      const user = await accounts.lock(userId);
      if (!user) return null;
      if ((await secondFactors.find(user.id))?.isOn) return undefined;
      await secondFactors.propose(user.id, secret);
      return user.email;
    });
    if (email === undefined) return 'TOTP_ALREADY_ON';
    return email && oneTimeCodes.present(secret, email);
  };
