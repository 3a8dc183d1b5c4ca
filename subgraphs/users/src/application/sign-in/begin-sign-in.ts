import type { Instant } from '@emporium/domain';
import type { Dependencies } from '../ports.ts';

/** Where to send somebody, and what must come back with them. */
export type SignInBeginning = {
  readonly authorizationUrl: string;
  /** Whoever completes the attempt must show it; it travels on no URL. */
  readonly binding: string;
  readonly expiresAt: Instant;
};

export type Destination = {
  readonly provider: string;
  readonly returnTo: string;
  readonly viewerId: string | null;
};

/** Begins to sign in, or to link, with a provider: what is stored of it is fingerprints. */
export const beginSignIn =
  ({ transact, providers, secrets, deriveAttemptSecrets }: Dependencies) =>
  async ({ provider, returnTo, viewerId }: Destination): Promise<SignInBeginning | 'unavailable'> => {
    const [state, binding] = [secrets.create(), secrets.create()];
    const authorizationUrl = await providers.authorizationUrl(
      provider,
      deriveAttemptSecrets(binding, state),
    );
    if (authorizationUrl === 'unavailable') return authorizationUrl;
    const expiresAt = await transact(({ signInAttempts }) =>
      signInAttempts.add({
        stateFingerprint: secrets.fingerprint(state),
        bindingFingerprint: secrets.fingerprint(binding),
        provider,
        returnTo,
        userId: viewerId,
      }),
    );
    return { authorizationUrl, binding, expiresAt };
  };
