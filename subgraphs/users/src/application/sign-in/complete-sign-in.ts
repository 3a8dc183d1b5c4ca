import type { Email } from '../../domain/email.ts';
import type { TypedCode } from '../../domain/second-factor/typed-code.ts';
import { limitGuesses } from '../abuse/limit-guesses.ts';
import { offerReactivation } from '../accounts/offer-reactivation.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Limited } from '../ports.ts';
import {
  type AuthOutcome,
  type AuthRefusalCode,
  limited,
  refused,
  type StartedSession,
  signIn,
} from '../start-session.ts';
import { type Entrance, enterWithIdentity } from './enter-with-identity.ts';
import { redeemAttempt, type SignInReturn } from './redeem-attempt.ts';

export type CompletedSignIn =
  | { readonly type: 'unavailable' }
  | { readonly type: 'completed'; readonly outcome: AuthOutcome; readonly returnTo: string | null };

/** Whether it may be tried again: with a code, or later. */
const lacksCode = (entered: StartedSession | AuthRefusalCode | Limited): boolean =>
  typeof entered === 'string'
    ? entered === 'TOTP_REQUIRED' || entered === 'TOTP_INVALID'
    : 'retryAfter' in entered;

const isProof = (entered: StartedSession | AuthRefusalCode | Limited): boolean =>
  typeof entered !== 'string' && 'session' in entered;

type Who = Omit<Entrance, 'isCounted'>;

/**
 * Signs in whoever a provider proves: to the account that is linked, or that their address says is theirs, or to a new one. What lacks only a one-time
 * code can be completed again with one.
 */
export const completeSignIn = (dependencies: Dependencies) => {
  const { transact, limits } = dependencies;
  const limitedly = limitGuesses(dependencies);
  const offer = offerReactivation(dependencies);
  const redeem = redeemAttempt(dependencies);
  const enter = enterWithIdentity(dependencies);

  /** A new account counts as a registration, outside of the transaction that opens it. */
  const enterCounted = async (who: Who): Promise<StartedSession | AuthRefusalCode | Limited> => {
    const first = await transact((ports) => enter(ports, { ...who, isCounted: false }));
    if (first !== 'MUST_COUNT') return first;
    const wait = await limits.register(who.origin.address);
    if (wait) return wait;
    const second = await transact((ports) => enter(ports, { ...who, isCounted: true }));
    if (second === 'MUST_COUNT') throw new Error('what was counted asks to be counted');
    return second;
  };

  /** A code that is tried counts as a login of the account that it is tried on: wrong ones are failures. */
  const enterWithCode = async (
    who: Who,
    email: Email | null,
  ): Promise<StartedSession | AuthRefusalCode | Limited> => {
    if (who.code === null || email === null) return enterCounted(who);
    const attempt = async () => {
      const entered = await enterCounted(who);
      return entered === 'TOTP_INVALID' ? null : entered;
    };
    // The event is written where it is known whose account it is; here it is only counted.
    const refusal = () => null;
    const entered = await limitedly({ email, origin: who.origin, attempt, isProof, refusal });
    return entered ?? 'TOTP_INVALID';
  };

  const show = async (entered: StartedSession | AuthRefusalCode | Limited): Promise<AuthOutcome> => {
    if (typeof entered === 'string') return refused(entered);
    return 'retryAfter' in entered ? limited(entered) : signIn(dependencies)(entered);
  };

  return async (
    returned: SignInReturn,
    code: TypedCode | null,
    origin: Origin,
  ): Promise<CompletedSignIn> => {
    const redemption = await redeem(returned, origin);
    if (redemption.type === 'unavailable') return redemption;
    if (redemption.type === 'refused')
      return { type: 'completed', outcome: refused(redemption.refusal), returnTo: null };
    const { attempt, identity, fingerprints } = redemption;
    const email = await transact(({ identities }) => identities.emailOf(identity));
    const entered = await enterWithCode({ provider: attempt.provider, identity, origin, code }, email);
    if (entered === 'ACCOUNT_DEACTIVATED' && email !== null) await offer(email, origin);
    if (lacksCode(entered))
      await transact(({ signInAttempts }) =>
        signInAttempts.putBack(fingerprints, { ...attempt, proven: identity }),
      );
    return { type: 'completed', outcome: await show(entered), returnTo: attempt.returnTo };
  };
};
