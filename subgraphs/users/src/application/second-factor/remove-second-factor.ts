import { nowhere } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { writeToOwner } from '../write-to-owner.ts';

export type RemovalRefusal = 'OWN_ACCOUNT' | 'NOT_FOUND' | 'TOTP_NOT_ON';

/** Which administrator takes somebody's codes away, and why. */
export type Removal = { readonly by: string; readonly reason: string };

/**
 * For whoever has lost app and recovery codes, and has shown an administrator by other means who they are. All sessions end, and
 * the owner is told, in case that it was not them. Where the administrator is, is not the user's origin, and is not noted.
 */
export const removeSecondFactor =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  (userId: string, { by, reason }: Removal): Promise<'removed' | RemovalRefusal> =>
    transact(async (ports) => {
      const { accounts, secondFactors, sessions, securityEvents } = ports;
      if (userId === by) return 'OWN_ACCOUNT';
      const user = await accounts.lock(userId);
      if (!user) return 'NOT_FOUND';
      if (!(await secondFactors.find(user.id))?.isOn) return 'TOTP_NOT_ON';
      await secondFactors.remove(user.id);
      await sessions.revokeAllOf(user.id);
      const { id, name } = user;
      const detail = { by, reason };
      await securityEvents.record({ kind: 'TOTP_REMOVED', userId: id, origin: nowhere, detail });
      await writeToOwner(ports, user, { template: 'TOTP_REMOVED', data: { name } });
      return 'removed';
    });
