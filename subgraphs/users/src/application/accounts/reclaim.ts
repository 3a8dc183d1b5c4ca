import { namelessName } from '../../domain/name.ts';
import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Ports } from '../ports.ts';
import { eraseProfile } from '../profile/erase-profile.ts';
import { tellOwner } from '../second-factor/tell-owner.ts';
import { notify } from './notify.ts';

/**
 * The first proof that an account's address is somebody's, by whom nothing shows to have opened it: a stranger may have, and
 * waits. So all that was set before goes: every way in, sessions, name and profile. What is bought and paid stays with the id.
 */
export const reclaim = async (
  ports: Ports,
  user: User,
  origin: Origin,
  name: string = namelessName,
): Promise<User> => {
  const { accountChanges, secondFactors, sessions, securityEvents } = ports;
  const { id: userId } = user;
  const hadCodes = (await secondFactors.find(userId))?.isOn;
  await sessions.revokeAllOf(userId);
  await eraseProfile(ports, userId);
  await accountChanges.empty(userId, name);
  if (hadCodes) await tellOwner(ports, user, 'TOTP_DISABLED', origin);
  await accountChanges.verifyEmail(userId);
  await securityEvents.record({ kind: 'EMAIL_VERIFIED', userId, origin });
  await securityEvents.record({ kind: 'ACCOUNT_RECLAIMED', userId, origin });
  const owned = { ...user, name, emailVerified: true };
  await notify(ports, owned, 'ACCOUNT_RECLAIMED');
  return owned;
};
