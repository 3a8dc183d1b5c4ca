import type { Email } from '../domain/email.ts';
import { normalisePassword } from '../domain/password.ts';
import type { User } from '../domain/user.ts';
import { letIn } from './let-in.ts';
import type { Origin } from './origin.ts';
import type { Dependencies } from './ports.ts';
import { type AuthOutcome, limited, refused, signIn } from './start-session.ts';

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

  const noteFailure = async (email: Email, origin: Origin): Promise<void> => {
    const account = await directory.findCredentials(email);
    const userId = account?.user.id ?? null;
    await transact(({ securityEvents }) => securityEvents.record({ kind: 'LOGIN_FAILED', userId, origin }));
  };

  return async (credentials: Credentials, origin: Origin): Promise<AuthOutcome> => {
    const { email } = credentials;
    const { address } = origin;
    const verified = await limits.logIn({ email, address }, () => verify(credentials));
    if (verified === null) {
      await noteFailure(email, origin);
      return refused('INVALID_CREDENTIALS');
    }
    if ('retryAfter' in verified) return limited(verified);
    const started = await transact((ports) =>
      letIn(dependencies)(ports, verified, { origin, methods: ['pwd'] }),
    );
    return typeof started === 'string' ? refused(started) : signIn(dependencies)(started);
  };
};
