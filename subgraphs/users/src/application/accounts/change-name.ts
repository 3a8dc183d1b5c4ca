import type { Dependencies } from '../ports.ts';
import { type AccountOutcome, done, gone } from './account-outcome.ts';

/** Calls somebody what they want to be called; the name is checked and tidied by whoever read it. */
export const changeName =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  (userId: string, name: string): Promise<AccountOutcome> =>
    transact(async ({ accounts, accountChanges }) => {
      const user = await accounts.lock(userId);
      if (!user) return gone;
      await accountChanges.rename(user.id, name);
      return done({ ...user, name });
    });
