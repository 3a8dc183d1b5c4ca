import type { User } from '../../domain/user.ts';
import { nowhere, type Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';
import { type AccountOutcome, done, gone, notDone } from './account-outcome.ts';
import { notify } from './notify.ts';
import { spendToken } from './spend-token.ts';

/** Ends all sessions, and admits nobody until the account is reactivated. Nothing is erased. A shop that sells stays open: somebody must send what is bought. */
export const deactivateAccount =
  ({ transact }: Dependencies) =>
  (userId: string, origin: Origin): Promise<AccountOutcome> =>
    transact(async (ports) => {
      const user = await ports.accounts.lock(userId);
      if (!user) return gone;
      if (user.state === 'DEACTIVATED') return done(user);
      if ((await ports.sellers.find(user.id))?.status === 'ACTIVE') return notDone('SHOP_OPEN');
      await ports.accountChanges.deactivate(user.id);
      await ports.oneTimeTokens.endAllOf(user.id);
      await ports.sessions.revokeAllOf(user.id);
      await ports.securityEvents.record({ kind: 'ACCOUNT_DEACTIVATED', userId: user.id, origin });
      await notify(ports, user, 'ACCOUNT_DEACTIVATED');
      return done({ ...user, state: 'DEACTIVATED' });
    });

/** `by` is the administrator who does it; null for its owner. */
const reactivate = async (
  ports: Ports,
  user: User,
  { origin, by }: { readonly origin: Origin; readonly by: string | null },
): Promise<AccountOutcome> => {
  if (user.state === 'ACTIVE') return done(user);
  await ports.accountChanges.reactivate(user.id);
  const detail = by === null ? {} : { by };
  await ports.securityEvents.record({ kind: 'ACCOUNT_REACTIVATED', userId: user.id, origin, detail });
  if (by !== null) await notify(ports, user, 'ACCOUNT_RESTORED');
  return done({ ...user, state: 'ACTIVE' });
};

/** For its owner, who got the link when they tried to log in. */
export const reactivateAccount = (dependencies: Dependencies) => {
  const spend = spendToken(dependencies);
  return (text: string, origin: Origin): Promise<AccountOutcome> =>
    dependencies.transact(async (ports) => {
      const spent = await spend(ports, text, 'REACTIVATE');
      return spent ? reactivate(ports, spent.user, { origin, by: null }) : notDone('TOKEN_INVALID');
    });
};

/** For administrators; its owner is told. Where they are is not the user's origin, and is not noted. */
export const restoreAccount =
  ({ transact }: Dependencies) =>
  (userId: string, by: string): Promise<AccountOutcome> =>
    transact(async (ports) => {
      const user = await ports.accounts.lock(userId);
      return user ? reactivate(ports, user, { origin: nowhere, by }) : notDone('NOT_FOUND');
    });
