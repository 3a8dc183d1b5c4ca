import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { type AuthOutcome, limited, refused, signIn } from '../start-session.ts';
import { type Entrance, enterWithIdentity } from './enter-with-identity.ts';
import { redeemAttempt, type SignInReturn } from './redeem-attempt.ts';

export type CompletedSignIn =
  | { readonly type: 'unavailable' }
  | { readonly type: 'completed'; readonly outcome: AuthOutcome; readonly returnTo: string | null };

/** Signs in whoever a provider proves: to the account that is linked, or that their address says is theirs, or to a new one. */
export const completeSignIn = (dependencies: Dependencies) => {
  const { transact, limits } = dependencies;
  const redeem = redeemAttempt(dependencies);
  const enter = enterWithIdentity(dependencies);

  /** A new account counts as a registration, outside of the transaction that opens it. */
  const enterCounted = async (who: Omit<Entrance, 'isCounted'>): Promise<AuthOutcome> => {
    let entered = await transact((ports) => enter(ports, { ...who, isCounted: false }));
    if (entered === 'MUST_COUNT') {
      const wait = await limits.register(who.origin.address);
      if (wait) return limited(wait);
      entered = await transact((ports) => enter(ports, { ...who, isCounted: true }));
    }
    if (entered === 'MUST_COUNT') throw new Error('what was counted asks to be counted');
    return typeof entered === 'string' ? refused(entered) : signIn(dependencies)(entered);
  };

  return async (returned: SignInReturn, origin: Origin): Promise<CompletedSignIn> => {
    const redemption = await redeem(returned, origin);
    if (redemption.type === 'unavailable') return redemption;
    if (redemption.type === 'refused')
      return { type: 'completed', outcome: refused(redemption.refusal), returnTo: null };
    const { attempt, identity } = redemption;
    const outcome = await enterCounted({ provider: attempt.provider, identity, origin });
    return { type: 'completed', outcome, returnTo: attempt.returnTo };
  };
};
