import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Ports, StoredCredentials } from '../ports.ts';
import { mailToken } from './mail-token.ts';

/** Looks again, under lock, whether the password that somebody has just shown is still theirs. */
export const lockProven = async (
  { accounts, accountChanges }: Ports,
  { user: { id }, passwordHash }: StoredCredentials,
): Promise<User | null> => {
  const user = await accounts.lock(id);
  return user && (await accountChanges.findPasswordHash(id)) === passwordHash ? user : null;
};

/**
 * Whoever deactivated their account gets, instead of a session, a link to have it back. Beyond the limit they have to do with
 * the last one, which is good for longer than the limit binds.
 */
export const admit =
  (dependencies: Pick<Dependencies, 'secrets' | 'accountSettings' | 'limits'>) =>
  async (ports: Ports, user: User, { address }: Origin): Promise<'ACCOUNT_DEACTIVATED' | null> => {
    if (user.state === 'ACTIVE') return null;
    const wait = await dependencies.limits.ask('reactivation', { subject: user.id, address });
    if (!wait) await mailToken(dependencies)(ports, user, 'REACTIVATE');
    return 'ACCOUNT_DEACTIVATED';
  };
