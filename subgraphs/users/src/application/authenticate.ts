import type { Email } from '../domain/email.ts';
import { normalisePassword } from '../domain/password.ts';
import type { TypedCode } from '../domain/second-factor/typed-code.ts';
import type { User } from '../domain/user.ts';
import { letIn, type Proven } from './let-in.ts';
import type { Origin } from './origin.ts';
import type { Dependencies, Ports } from './ports.ts';
import { type AuthOutcome, type AuthRefusalCode, limited, refused } from './start-session.ts';

export type Credentials = {
  readonly email: Email;
  readonly password: string;
  /** Needed where the account has one-time codes. */
  readonly code: TypedCode | null;
};

type Authenticated<T> = { readonly type: 'authenticated'; readonly result: T };
export type NotAuthenticated = Exclude<AuthOutcome, { type: 'signed-in' }>;

/**
 * Proves by password, and by a code where the account has them, who somebody is. `andThen` runs in the transaction that uses
 * the code up. An unknown account and a wrong password answer alike, and after the same time; they and a wrong code count as
 * failures. That a code is missing is said only after the right password.
 */
export const authenticate = (dependencies: Dependencies) => {
  const { transact, directory, passwords, limits } = dependencies;

  const verifyPassword = async ({ email, password }: Credentials): Promise<User | null> => {
    const account = await directory.findCredentials(email);
    const matches = await passwords.matches(normalisePassword(password), account?.passwordHash ?? null);
    return account && matches ? account.user : null;
  };

  const noteFailure = async (email: Email, origin: Origin, refusal: AuthRefusalCode): Promise<void> => {
    const account = await directory.findCredentials(email);
    const userId = account?.user.id ?? null;
    await transact(({ securityEvents }) =>
      securityEvents.record({ kind: 'LOGIN_FAILED', userId, origin, detail: { refusal } }),
    );
  };

  return async <T>(
    credentials: Credentials,
    origin: Origin,
    andThen: (ports: Ports, proven: Proven) => Promise<T>,
  ): Promise<Authenticated<T> | NotAuthenticated> => {
    const { email, code } = credentials;

    const prove =
      (id: string) =>
      async (ports: Ports): Promise<Authenticated<T> | AuthRefusalCode> => {
        const proven = await letIn(dependencies)(ports, id, { method: 'pwd', code, origin });
        if (typeof proven === 'string') return proven;
        return { type: 'authenticated', result: await andThen(ports, proven) };
      };

    let failure: AuthRefusalCode = 'INVALID_CREDENTIALS';
    const attempt = async (): Promise<Authenticated<T> | NotAuthenticated | null> => {
      const known = await verifyPassword(credentials);
      if (!known) return null;
      const outcome = await transact(prove(known.id));
      if (typeof outcome !== 'string') return outcome;
      if (outcome === 'TOTP_REQUIRED') return refused(outcome);
      failure = outcome;
      return null;
    };

    const outcome = await limits.logIn({ email, address: origin.address }, attempt);
    if (outcome === null) {
      await noteFailure(email, origin, failure);
      return refused(failure);
    }
    return 'type' in outcome ? outcome : limited(outcome);
  };
};
