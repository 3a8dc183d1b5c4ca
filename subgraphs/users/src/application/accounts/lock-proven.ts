import type { User } from '../../domain/user.ts';
import type { Ports } from '../ports.ts';

/** Whose password was shown, and against what. */
type Shown = { readonly user: Pick<User, 'id'>; readonly passwordHash: string | null };

/** Looks again, under lock, whether the password that somebody has just shown is still theirs. */
export const lockProven = async (
  { accounts, accountChanges }: Ports,
  { user: { id }, passwordHash }: Shown,
): Promise<User | null> => {
  const user = await accounts.lock(id);
  return user && (await accountChanges.findPasswordHash(id)) === passwordHash ? user : null;
};
