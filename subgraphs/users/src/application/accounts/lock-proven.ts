import type { User } from '../../domain/user.ts';
import type { Ports, StoredCredentials } from '../ports.ts';

/** Looks again, under lock, whether the password that somebody has just shown is still theirs. */
export const lockProven = async (
  { accounts, accountChanges }: Ports,
  { user: { id }, passwordHash }: StoredCredentials,
): Promise<User | null> => {
  const user = await accounts.lock(id);
  return user && (await accountChanges.findPasswordHash(id)) === passwordHash ? user : null;
};
