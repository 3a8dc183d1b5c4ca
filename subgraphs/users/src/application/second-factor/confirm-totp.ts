import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import type { OwnSession } from './prove-identity.ts';
import { issueRecoveryCodes } from './recovery-codes.ts';
import { tellOwner } from './tell-owner.ts';
import { findStep } from './use-code.ts';

export type ConfirmRefusal =
  | 'TOTP_NOT_ENROLLED'
  | 'TOTP_ALREADY_ON'
  | 'EMAIL_NOT_VERIFIED'
  | 'TOTP_INVALID';

/** Switches one-time codes on by one of them, and gives the recovery codes; null for no user of ours. */
export const confirmTotp =
  (dependencies: Dependencies) =>
  (
    { userId, sessionId }: OwnSession,
    digits: string,
    origin: Origin,
  ): Promise<readonly string[] | ConfirmRefusal | null> =>
    dependencies.transact(async (ports) => {
      const { accounts, secondFactors, sessions, now } = ports;
      const user = await accounts.lock(userId);
      if (!user) return null;
      const factor = await secondFactors.find(user.id);
      if (!factor) return 'TOTP_NOT_ENROLLED';
      if (factor.isOn) return 'TOTP_ALREADY_ON';
      if (!user.emailVerified) return 'EMAIL_NOT_VERIFIED';
      const step = findStep(dependencies, factor, { digits, at: await now() });
      if (step === null) return 'TOTP_INVALID';
      await secondFactors.confirm(user.id, step);
      if (sessionId !== null) await sessions.addMethod({ id: sessionId, userId }, 'otp');
      const codes = await issueRecoveryCodes(dependencies)(ports, user.id);
      await tellOwner(ports, user, 'TOTP_ENABLED', origin);
      return codes;
    });
