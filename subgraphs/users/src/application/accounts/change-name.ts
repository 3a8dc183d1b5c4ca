import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { type AccountOutcome, done, gone } from './account-outcome.ts';

/** Calls somebody what they want to be called; the name is checked and tidied by whoever read it. */
export const changeName =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  (userId: string, name: string, origin: Origin): Promise<AccountOutcome> =>
    transact(async ({ accounts, accountChanges, securityEvents }) => {
      const user = await accounts.lock(userId);
      if (!user) return gone;
      await accountChanges.rename(user.id, name);
      await securityEvents.record({ kind: 'NAME_CHANGED', userId: user.id, origin });
      return done({ ...user, name });
    });
