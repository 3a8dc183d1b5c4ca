import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import { deviceInMail, nameInMail } from '../own-words.ts';
import type { Ports } from '../ports.ts';

type Change = 'TOTP_ENABLED' | 'TOTP_DISABLED' | 'RECOVERY_CODES_REPLACED' | 'RECOVERY_CODE_USED';

/** Notes what became of an account's codes, and tells its owner by mail. */
export const tellOwner = async (
  { secondFactors, securityEvents, mails }: Ports,
  user: User,
  change: Change,
  origin: Origin,
): Promise<void> => {
  const { id: userId, email: recipient } = user;
  const recoveryCodesLeft = await secondFactors.countRecoveryCodes(userId);
  await securityEvents.record({ kind: change, userId, origin, detail: { recoveryCodesLeft } });
  const device = deviceInMail(user, origin.device);
  const data = { name: nameInMail(user), device, recoveryCodesLeft };
  await mails.send({ userId, recipient, template: change, data });
};
