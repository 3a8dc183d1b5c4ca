import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Ports } from '../ports.ts';

type Change = 'TOTP_ENABLED' | 'TOTP_DISABLED' | 'RECOVERY_CODES_REPLACED' | 'RECOVERY_CODE_USED';

/** Notes what became of an account's codes, and tells its owner by mail. */
export const tellOwner = async (
  { secondFactors, securityEvents, mails }: Ports,
  { id: userId, email: recipient, name }: User,
  change: Change,
  origin: Origin,
): Promise<void> => {
  const recoveryCodesLeft = await secondFactors.countRecoveryCodes(userId);
  await securityEvents.record({ kind: change, userId, origin, detail: { recoveryCodesLeft } });
  const data = { name, device: origin.device, recoveryCodesLeft };
  await mails.send({ userId, recipient, template: change, data });
};
