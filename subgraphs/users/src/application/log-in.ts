import type { Email } from '../domain/email.ts';
import { normalisePassword } from '../domain/password.ts';
import type { User } from '../domain/user.ts';
import { noteFailedLogin } from './abuse/note-failed-login.ts';
import type { Origin } from './origin.ts';
import type { Dependencies } from './ports.ts';
import { type AuthOutcome, limited, refused, signIn, startSession } from './start-session.ts';

export type Credentials = { readonly email: Email; readonly password: string };

/**
 * Signs in with e-mail and password. An unknown account and a wrong password answer alike, and after the same time;
 * both count as failures.
 */
export const logIn = (dependencies: Dependencies) => {
  const { transact, directory, passwords, limits } = dependencies;

  const verify = async ({ email, password }: Credentials): Promise<User | null> => {
    const account = await directory.findCredentials(email);
    const matches = await passwords.matches(normalisePassword(password), account?.passwordHash ?? null);
    return account && matches ? account.user : null;
  };

  const noteFailure = noteFailedLogin(dependencies);

  return async (credentials: Credentials, origin: Origin): Promise<AuthOutcome> => {
    const { email } = credentials;
    const { address } = origin;
    const verified = await limits.logIn(
      { email, address, isFamiliar: () => directory.knowsNetwork(email, address) },
      () => verify(credentials),
    );
    if (verified === null) {
      await noteFailure(email, origin, true);
      return refused('INVALID_CREDENTIALS');
    }
    if ('retryAfter' in verified) {
      await noteFailure(email, origin, false);
      return limited(verified);
    }
    const started = await transact(async (ports) => {
      await ports.securityEvents.record({ kind: 'LOGGED_IN', userId: verified.id, origin });
      return startSession(dependencies)(ports, verified, { origin, methods: ['pwd'] });
    });
    return signIn(dependencies)(started);
  };
};
