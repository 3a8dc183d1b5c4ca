import type { ProvenIdentity } from '../../domain/linked-identity.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import type { Fingerprints, ProviderAnswer, SignInAttempt, TakenAttempt } from './ports.ts';

/** What whoever was sent back shows; a binding is null where they hold none. */
export type SignInReturn = ProviderAnswer & { readonly state: string; readonly binding: string | null };

/** Why an attempt proved nobody. */
export type RedemptionRefusal = 'SIGN_IN_EXPIRED' | 'SIGN_IN_REJECTED';

export type Redemption =
  | {
      readonly type: 'proven';
      readonly attempt: TakenAttempt;
      readonly identity: ProvenIdentity;
      readonly fingerprints: Fingerprints;
    }
  | { readonly type: 'refused'; readonly refusal: RedemptionRefusal }
  | { readonly type: 'unavailable' };

const expired = { type: 'refused', refusal: 'SIGN_IN_EXPIRED' } as const;

/**
 * Changes what somebody brought back for who they are. The attempt is over before the provider is asked, whatever that
 * answers: two who bring the same cannot both come through. `isFor` may refuse it as if it had never been.
 */
export const redeemAttempt = ({ transact, providers, secrets, deriveAttemptSecrets }: Dependencies) => {
  const take = (fingerprints: Fingerprints): Promise<TakenAttempt | null> =>
    transact(({ signInAttempts }) => signInAttempts.take(fingerprints));

  return async (
    { state, binding, ...answer }: SignInReturn,
    origin: Origin,
    isFor: (attempt: SignInAttempt) => boolean = () => true,
  ): Promise<Redemption> => {
    if (binding === null) return expired;
    const fingerprints = { state: secrets.fingerprint(state), binding: secrets.fingerprint(binding) };
    const attempt = await take(fingerprints);
    if (!attempt || !isFor(attempt)) return expired;
    const { provider } = attempt;
    const proven =
      attempt.proven ?? (await providers.prove(provider, answer, deriveAttemptSecrets(binding, state)));
    if (proven === 'unavailable') return { type: 'unavailable' };
    if (proven !== 'rejected') return { type: 'proven', attempt, identity: proven, fingerprints };
    await transact(({ securityEvents }) =>
      securityEvents.record({ kind: 'LOGIN_FAILED', userId: null, origin, detail: { provider } }),
    );
    return { type: 'refused', refusal: 'SIGN_IN_REJECTED' };
  };
};
