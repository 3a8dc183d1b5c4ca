import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { issueRecoveryCodes } from './recovery-codes.ts';
import { tellOwner } from './tell-owner.ts';

/** New recovery codes in place of those before; null for no user of ours. */
export const regenerateRecoveryCodes =
  (dependencies: Dependencies) =>
  (userId: string, origin: Origin): Promise<readonly string[] | 'TOTP_NOT_ON' | null> =>
    dependencies.transact(async (ports) => {
      const user = await ports.accounts.lock(userId);
      if (!user) return null;
      if (!(await ports.secondFactors.find(user.id))?.isOn) return 'TOTP_NOT_ON';
      const codes = await issueRecoveryCodes(dependencies)(ports, user.id);
      await tellOwner(ports, user, 'RECOVERY_CODES_REPLACED', origin);
      return codes;
    });
