import { asId } from '@emporium/domain';
import { isGuessable } from '../../domain/accounts/guessable-password.ts';
import type { Email } from '../../domain/email.ts';
import { normalisePassword } from '../../domain/password.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Limited } from '../ports.ts';
import { type AccountOutcome, done, guessable, notDone } from './account-outcome.ts';
import { isCommonPassword } from './common-passwords.ts';
import { mailToken } from './mail-token.ts';
import { notify } from './notify.ts';
import { reclaim } from './reclaim.ts';
import { spendToken } from './spend-token.ts';

/**
 * Mails a link to the account's address, or to an address without one that it has none: so that both take the same work, and
 * only who reads the mail learns which it was. Null when it is done.
 */
export const requestPasswordReset = (dependencies: Dependencies) => {
  const { transact, directory, limits, secrets, newId } = dependencies;
  const mail = mailToken(dependencies);
  return async (email: Email, origin: Origin): Promise<Limited | null> => {
    const askedFrom = origin.address;
    const isFamiliar = () => directory.knowsNetwork(email, askedFrom);
    const wait = await limits.ask('password-reset', { subject: email, address: askedFrom, isFamiliar });
    if (wait) return wait;
    await transact(async (ports) => {
      const user = await ports.accountChanges.findByEmail(email);
      const userId = user?.id ?? null;
      await ports.securityEvents.record({ kind: 'PASSWORD_RESET_REQUESTED', userId, origin });
      if (user) return mail(ports, user, 'RESET_PASSWORD', { askedFrom });
      const nobody = asId<'User'>(newId());
      const fingerprint = secrets.fingerprint(secrets.create());
      const purpose = 'RESET_PASSWORD';
      await ports.oneTimeTokens.issue({ userId: nobody, email, purpose, fingerprint, askedFrom });
      return ports.mails.send({ userId: nobody, recipient: email, template: 'NO_ACCOUNT', data: {} });
    });
    return null;
  };
};

/** Sets a new password for whoever shows the token. All sessions end, and so do all links that are out. Who proves the address by it as the first reclaims the account. */
export const resetPassword = (dependencies: Dependencies) => {
  const { transact, passwords, secrets } = dependencies;
  const spend = spendToken(dependencies);

  /** Before anything is hashed: who has no token is to cost no work. */
  const findOwner = (text: string) =>
    transact(async ({ oneTimeTokens, accounts }) => {
      const token = await oneTimeTokens.find(secrets.fingerprint(text), 'RESET_PASSWORD');
      return token && accounts.find(token.userId);
    });

  return async (text: string, next: string, origin: Origin): Promise<AccountOutcome> => {
    const owner = await findOwner(text);
    if (!owner) return notDone('TOKEN_INVALID');
    if (isGuessable(next, owner, isCommonPassword)) return guessable;
    const passwordHash = await passwords.hash(normalisePassword(next));
    return transact(async (ports) => {
      const spent = await spend(ports, text, 'RESET_PASSWORD');
      if (!spent) return notDone('TOKEN_INVALID');
      const isFirstProof = !spent.user.emailVerified && spent.token.email === spent.user.email;
      const user = isFirstProof ? await reclaim(ports, spent.user, origin) : spent.user;
      await ports.accountChanges.setPassword(user.id, passwordHash);
      await ports.oneTimeTokens.endAllOf(user.id);
      await ports.sessions.revokeAllOf(user.id);
      await ports.securityEvents.record({ kind: 'PASSWORD_RESET', userId: user.id, origin });
      await notify(ports, user, 'PASSWORD_CHANGED');
      return done(user);
    });
  };
};
