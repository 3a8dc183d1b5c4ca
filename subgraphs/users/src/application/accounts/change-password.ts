import { isGuessable } from '../../domain/accounts/guessable-password.ts';
import { normalisePassword } from '../../domain/password.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { type AccountOutcome, done, guessable } from './account-outcome.ts';
import { isCommonPassword } from './common-passwords.ts';
import { confirmPassword, whileConfirmed } from './confirm-password.ts';
import { notify } from './notify.ts';

export type PasswordChange = {
  readonly userId: string;
  /** The session that asks, which goes on; null where nobody knows it, and all end. */
  readonly sessionId: string | null;
  readonly current: string;
  readonly next: string;
};

/** Changes the password; every other session ends, and so do all links that are out. */
export const changePassword = (dependencies: Dependencies) => {
  const { transact, passwords } = dependencies;
  const confirm = confirmPassword(dependencies);
  return async (change: PasswordChange, origin: Origin): Promise<AccountOutcome> => {
    const confirmed = await confirm(change.userId, change.current, origin);
    if (confirmed.type !== 'confirmed') return confirmed;
    if (isGuessable(change.next, confirmed.user, isCommonPassword)) return guessable;
    const passwordHash = await passwords.hash(normalisePassword(change.next));
    return transact((ports) =>
      whileConfirmed(ports, confirmed, async (user) => {
        await ports.accountChanges.setPassword(user.id, passwordHash);
        await ports.oneTimeTokens.endAllOf(user.id);
        await ports.sessions.revokeOthersOf(user.id, change.sessionId);
        await ports.securityEvents.record({ kind: 'PASSWORD_CHANGED', userId: user.id, origin });
        await notify(ports, user, 'PASSWORD_CHANGED');
        return done(user);
      }),
    );
  };
};
