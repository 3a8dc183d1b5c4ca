import type { User } from '../../domain/user.ts';
import type { Dependencies, Ports, StoredCredentials } from '../ports.ts';
import type { AuthRefusalCode } from '../start-session.ts';
import { mailToken } from './mail-token.ts';

/**
 * Looks again, under lock, at somebody who has just proved who they are: their password may have become another meanwhile, and
 * whoever deactivated their account gets a link to have it back instead of a session.
 */
export const admit =
  (dependencies: Pick<Dependencies, 'secrets' | 'accountSettings'>) =>
  async (
    ports: Ports,
    { user: { id }, passwordHash }: StoredCredentials,
  ): Promise<User | AuthRefusalCode> => {
    const user = await ports.accounts.lock(id);
    if (!user) return 'INVALID_CREDENTIALS';
    if ((await ports.accountChanges.findPasswordHash(id)) !== passwordHash) return 'INVALID_CREDENTIALS';
    if (user.state === 'ACTIVE') return user;
    await mailToken(dependencies)(ports, user, 'REACTIVATE');
    return 'ACCOUNT_DEACTIVATED';
  };
