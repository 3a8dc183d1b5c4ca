import type { Email } from '../domain/email.ts';
import { normalisePassword } from '../domain/password.ts';
import type { Dependencies } from './ports.ts';
import { type AuthOutcome, limited, refused, signIn, startSession } from './start-session.ts';

export type Credentials = { readonly email: Email; readonly password: string };

/**
 * Signs in with e-mail and password. An unknown account and a wrong password answer alike, and after the same time;
 * both count as failures.
 */
export const logIn = (dependencies: Dependencies) => {
  const { transact, directory, passwords, limits } = dependencies;
  return async ({ email, password }: Credentials, address: string | null): Promise<AuthOutcome> => {
    const account = await directory.findCredentials(email);
    const verified = await limits.logIn({ email, address }, () =>
      passwords.matches(normalisePassword(password), account?.passwordHash ?? null),
    );
    if (typeof verified !== 'boolean') return limited(verified);
    if (!verified || !account) return refused('INVALID_CREDENTIALS');
    const started = await transact((ports) => startSession(dependencies)(ports, account.user));
    return signIn(dependencies)(started);
  };
};
