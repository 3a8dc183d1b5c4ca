import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { hasShownCode } from './has-shown-code.ts';
import type { ViewersSession } from './prove-identity.ts';
import { issueRecoveryCodes } from './recovery-codes.ts';
import { tellOwner } from './tell-owner.ts';

type RegenerationRefusal = 'TOTP_NOT_ON' | 'CODE_NOT_SHOWN';

/** New recovery codes in place of those before; null for no user of ours. */
export const regenerateRecoveryCodes =
  (dependencies: Dependencies) =>
  (own: ViewersSession, origin: Origin): Promise<readonly string[] | RegenerationRefusal | null> =>
    dependencies.transact(async (ports) => {
      const user = await ports.accounts.lock(own.userId);
      if (!user) return null;
      if (!(await ports.secondFactors.find(user.id))?.isOn) return 'TOTP_NOT_ON';
      if (!(await hasShownCode(ports, own))) return 'CODE_NOT_SHOWN';
      const codes = await issueRecoveryCodes(dependencies)(ports, user.id);
      await tellOwner(ports, user, 'RECOVERY_CODES_REPLACED', origin);
      return codes;
    });
