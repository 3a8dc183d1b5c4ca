import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Ports } from '../ports.ts';
import { writeToOwner } from '../write-to-owner.ts';

type Change = 'TOTP_ENABLED' | 'TOTP_DISABLED' | 'RECOVERY_CODES_REPLACED' | 'RECOVERY_CODE_USED';

/** Notes what became of an account's codes, and tells its owner by mail. */
export const tellOwner = async (
  ports: Ports,
  user: User,
  change: Change,
  origin: Origin,
): Promise<void> => {
  const { secondFactors, securityEvents } = ports;
  const { id: userId, name } = user;
  const recoveryCodesLeft = await secondFactors.countRecoveryCodes(userId);
  await securityEvents.record({ kind: change, userId, origin, detail: { recoveryCodesLeft } });
  const data = { name, device: origin.device, recoveryCodesLeft };
  await writeToOwner(ports, user, { template: change, data });
};
