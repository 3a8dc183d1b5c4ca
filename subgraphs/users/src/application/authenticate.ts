import type { Email } from '../domain/email.ts';
import { normalisePassword } from '../domain/password.ts';
import type { TypedCode } from '../domain/second-factor/typed-code.ts';
import { limitGuesses } from './abuse/limit-guesses.ts';
import { lockProven } from './accounts/lock-proven.ts';
import { offerReactivation } from './accounts/offer-reactivation.ts';
import { letIn, type Proven } from './let-in.ts';
import type { Origin } from './origin.ts';
import type { Dependencies, Ports, StoredCredentials } from './ports.ts';
import { type AuthOutcome, type AuthRefusalCode, limited, refused } from './start-session.ts';

export type Credentials = {
  readonly email: Email;
  /** Who is signed in already. */
  readonly userId?: string;
  readonly password: string;
  /** Needed where the account has one-time codes. */
  readonly code: TypedCode | null;
};

type Authenticated<T> = { readonly type: 'authenticated'; readonly result: T };
export type NotAuthenticated = Exclude<AuthOutcome, { type: 'signed-in' }>;

const isProof = ({ type }: { readonly type: string }): boolean => type === 'authenticated';

/**
 * Proves by password, and by a code where the account has them, who somebody is. `andThen` runs in the transaction that uses
 * the code up. An unknown account and a wrong password answer alike, and after the same time; they and a wrong code count as
 * failures. That a code is missing is said only after the right password.
 */
export const authenticate = (dependencies: Dependencies) => {
  const { transact, directory, passwords } = dependencies;

  const verifyPassword = async ({ email, password }: Credentials): Promise<StoredCredentials | null> => {
    const account = await directory.findCredentials(email);
    const matches = await passwords.matches(normalisePassword(password), account?.passwordHash ?? null);
    return matches ? account : null;
  };

  const limitedly = limitGuesses(dependencies);
  const offer = offerReactivation(dependencies);

  return async <T>(
    credentials: Credentials,
    origin: Origin,
    andThen: (ports: Ports, proven: Proven) => Promise<T>,
  ): Promise<Authenticated<T> | NotAuthenticated> => {
    const { email, userId, code } = credentials;

    const prove =
      (known: StoredCredentials) =>
      async (ports: Ports): Promise<Authenticated<T> | AuthRefusalCode> => {
        const user = await lockProven(ports, known);
        if (!user) return 'INVALID_CREDENTIALS';
        const proven = await letIn(dependencies)(ports, user, { method: 'pwd', code, origin });
        if (typeof proven === 'string') return proven;
        return { type: 'authenticated', result: await andThen(ports, proven) };
      };

    type Outcome = Authenticated<T> | NotAuthenticated;
    let failure: AuthRefusalCode = 'INVALID_CREDENTIALS';
    const attempt = async (): Promise<Outcome | null> => {
      const known = await verifyPassword(credentials);
      if (!known) return null;
      const outcome = await transact(prove(known));
      if (typeof outcome !== 'string') return outcome;
      if (outcome === 'ACCOUNT_DEACTIVATED') await offer(email, origin);
      if (outcome === 'TOTP_REQUIRED' || outcome === 'ACCOUNT_DEACTIVATED') return refused(outcome);
      failure = outcome;
      return null;
    };

    // The right password without its code is no failure, and clears none: whoever has it may be guessing codes.
    const refusal = () => failure;
    const outcome = await limitedly<Outcome>({ email, userId, origin, attempt, isProof, refusal });
    if (outcome === null) return refused(failure);
    return 'retryAfter' in outcome ? limited(outcome) : outcome;
  };
};
