import { nowhere, type Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { eraseProfile } from '../profile/erase-profile.ts';
import { type AccountOutcome, done, notDone } from './account-outcome.ts';
import { confirmPassword, whileConfirmed } from './confirm-password.ts';
import { notify } from './notify.ts';

/**
 * Erases everything personal and tells the other subgraphs, which erase theirs. A shop owes its buyers something: while it
 * sells, its owner stays. The id stays for orders and books to name; a last mail goes to the address, and is forgotten too.
 */
export const deleteAccount = (dependencies: Dependencies) => {
  const confirm = confirmPassword(dependencies);
  return async (userId: string, password: string, origin: Origin): Promise<AccountOutcome> => {
    const confirmed = await confirm(userId, password, origin);
    if (confirmed.type !== 'confirmed') return confirmed;
    return dependencies.transact((ports) =>
      whileConfirmed(ports, confirmed, async (user) => {
        if ((await ports.sellers.find(user.id))?.status === 'ACTIVE') return notDone('SHOP_OPEN');
        await ports.securityEvents.record({ kind: 'ACCOUNT_DELETED', userId: user.id, origin: nowhere });
        await ports.sessions.revokeAllOf(user.id);
        await eraseProfile(ports, user.id);
        const erased = await ports.accountChanges.erase(user.id);
        await notify(ports, user, 'ACCOUNT_DELETED');
        return done(erased);
      }),
    );
  };
};
