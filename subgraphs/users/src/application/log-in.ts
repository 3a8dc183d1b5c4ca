import type { Email } from '../domain/email.ts';
import { normalisePassword } from '../domain/password.ts';
import type { User } from '../domain/user.ts';
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

  return async (credentials: Credentials, address: string | null): Promise<AuthOutcome> => {
    const { email } = credentials;
    const verified = await limits.logIn({ email, address }, () => verify(credentials));
    if (verified === null) return refused('INVALID_CREDENTIALS');
    if ('retryAfter' in verified) return limited(verified);
    return signIn(dependencies)(await transact((ports) => startSession(dependencies)(ports, verified)));
  };
};
