import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';
import type { ViewersSession } from './prove-identity.ts';
import { issueRecoveryCodes } from './recovery-codes.ts';
import type { SecondFactor } from './second-factors.ts';
import { tellOwner } from './tell-owner.ts';
import { findStep } from './use-code.ts';

export type ConfirmRefusal =
  | 'TOTP_NOT_ENROLLED'
  | 'TOTP_ALREADY_ON'
  | 'EMAIL_NOT_VERIFIED'
  | 'TOTP_INVALID';

/** The secret that waits to be confirmed, or why none does. */
const proposalOf = async (
  { secondFactors }: Ports,
  { id, emailVerified }: User,
): Promise<SecondFactor | ConfirmRefusal> => {
  const factor = await secondFactors.find(id);
  if (!factor) return 'TOTP_NOT_ENROLLED';
  if (factor.isOn) return 'TOTP_ALREADY_ON';
  return emailVerified ? factor : 'EMAIL_NOT_VERIFIED';
};

/**
 * Switches one-time codes on by one of them, and gives the recovery codes; null for no user of ours. What was had without a code
 * ends: access tokens that know of none, the viewer's too, since a copy of it may be out, and links that change the account.
 */
export const confirmTotp =
  (dependencies: Dependencies) =>
  (
    { userId, sessionId }: ViewersSession,
    digits: string,
    origin: Origin,
  ): Promise<readonly string[] | ConfirmRefusal | null> =>
    dependencies.transact(async (ports) => {
      const { accounts, secondFactors, sessions, oneTimeTokens, now } = ports;
      const user = await accounts.lock(userId);
      if (!user) return null;
      const factor = await proposalOf(ports, user);
      if (typeof factor === 'string') return factor;
      const step = findStep(dependencies, factor, { digits, at: await now() });
      if (step === null) return 'TOTP_INVALID';
      await secondFactors.confirm(user.id, step);
      if (sessionId !== null) await sessions.addMethod({ id: sessionId, userId }, 'otp');
      await sessions.revokeTokensOf(user.id);
      await oneTimeTokens.endAllOf(user.id);
      const codes = await issueRecoveryCodes(dependencies)(ports, user.id);
      await tellOwner(ports, user, 'TOTP_ENABLED', origin);
      return codes;
    });
