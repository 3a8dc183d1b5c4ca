import type { Email } from '../../domain/email.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { type AccountOutcome, done, notDone, tooMany } from './account-outcome.ts';
import { confirmPassword, whileConfirmed } from './confirm-password.ts';
import { mailToken } from './mail-token.ts';
import { notify } from './notify.ts';
import { type Follower, requireHolder } from './require-holder.ts';
import { spendToken } from './spend-token.ts';

export type EmailChange = { readonly userId: string; readonly email: Email; readonly password: string };

/** Mails a link to the new address and a notice to the present one, which stays until the link is followed. */
export const changeEmail = (dependencies: Dependencies) => {
  const { transact, limits } = dependencies;
  const confirm = confirmPassword(dependencies);
  const mail = mailToken(dependencies);
  return async ({ userId, email, password }: EmailChange, origin: Origin): Promise<AccountOutcome> => {
    const wait = await limits.ask('email-change', { subject: userId, address: origin.address });
    if (wait) return tooMany(wait);
    const confirmed = await confirm(userId, password, origin);
    if (confirmed.type !== 'confirmed') return confirmed;
    return transact((ports) =>
      whileConfirmed(ports, confirmed, async (user) => {
        if (await ports.accountChanges.findByEmail(email)) return notDone('EMAIL_TAKEN');
        await mail(ports, user, 'CHANGE_EMAIL', { email });
        await ports.securityEvents.record({ kind: 'EMAIL_CHANGE_REQUESTED', userId: user.id, origin });
        await notify(ports, user, 'EMAIL_CHANGE_REQUESTED');
        return done(user);
      }),
    );
  };
};

/**
 * Changes the address to the one that the token was sent to, unless somebody has it by now. Links to the old one end, and so
 * do all sessions but that in which it is done: whoever holds one may be why the address changes.
 */
export const confirmEmailChange = (dependencies: Dependencies) => {
  const spend = spendToken(dependencies);
  const require = requireHolder(dependencies);
  return async (text: string, by: Follower, origin: Origin): Promise<AccountOutcome> => {
    const missing = await require(text, 'CHANGE_EMAIL', by, origin);
    if (missing) return missing;
    return dependencies.transact(async (ports) => {
      const spent = await spend(ports, text, 'CHANGE_EMAIL');
      if (!spent) return notDone('TOKEN_INVALID');
      const { user, token } = spent;
      if (!(await ports.accountChanges.takeEmail(user.id, token.email))) return notDone('EMAIL_TAKEN');
      await ports.oneTimeTokens.endAllOf(user.id);
      await ports.sessions.revokeOthersOf(user.id, by.userId === user.id ? by.sessionId : null);
      await ports.securityEvents.record({ kind: 'EMAIL_CHANGED', userId: user.id, origin });
      await notify(ports, user, 'EMAIL_CHANGED');
      return done({ ...user, email: token.email, emailVerified: true });
    });
  };
};
