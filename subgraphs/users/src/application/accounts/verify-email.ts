import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { type AccountOutcome, done, gone, notDone, tooMany } from './account-outcome.ts';
import { mailToken } from './mail-token.ts';
import { type Follower, requireHolder } from './require-holder.ts';
import { spendToken } from './spend-token.ts';

/**
 * Whoever shows the token reads mail at the address that it was sent to; if that is still the account's, and the account is
 * theirs, it is verified.
 */
export const verifyEmail = (dependencies: Dependencies) => {
  const spend = spendToken(dependencies);
  const require = requireHolder(dependencies);
  return async (text: string, by: Follower, origin: Origin): Promise<AccountOutcome> => {
    const missing = await require(text, 'VERIFY_EMAIL', by, origin);
    if (missing) return missing;
    return dependencies.transact(async (ports) => {
      const spent = await spend(ports, text, 'VERIFY_EMAIL');
      if (!spent || spent.token.email !== spent.user.email) return notDone('TOKEN_INVALID');
      await ports.accountChanges.verifyEmail(spent.user.id);
      await ports.securityEvents.record({ kind: 'EMAIL_VERIFIED', userId: spent.user.id, origin });
      return done({ ...spent.user, emailVerified: true });
    });
  };
};

/** Sends the link again. */
export const requestEmailVerification = (dependencies: Dependencies) => {
  const { transact, limits } = dependencies;
  const mail = mailToken(dependencies);
  return async (userId: string, { address }: Origin): Promise<AccountOutcome> => {
    const wait = await limits.ask('email-verification', { subject: userId, address });
    if (wait) return tooMany(wait);
    return transact(async (ports) => {
      const user = await ports.accounts.lock(userId);
      if (!user) return gone;
      if (user.emailVerified) return notDone('ALREADY_VERIFIED');
      await mail(ports, user, 'VERIFY_EMAIL');
      return done(user);
    });
  };
};

/** The operator knows that the address is its owner's: for accounts of the demonstration. */
export const vouchForEmail =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  (userId: string): Promise<void> =>
    transact(async ({ accounts, accountChanges }) => {
      const user = await accounts.lock(userId);
      if (user) await accountChanges.verifyEmail(user.id);
    });
