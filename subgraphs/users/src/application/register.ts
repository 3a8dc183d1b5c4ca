import { asId } from '@emporium/domain';
import type { Email } from '../domain/email.ts';
import { normalisePassword } from '../domain/password.ts';
import type { Role, User } from '../domain/user.ts';
import { isTrusted } from './accounts/account-settings.ts';
import { mailToken } from './accounts/mail-token.ts';
import type { Origin } from './origin.ts';
import type { Dependencies, Ports } from './ports.ts';
import { type AuthOutcome, limited, refused, signIn, startSession } from './start-session.ts';

/** What a person says about themself; checked and tidied by whoever read it. */
export type Registration = {
  readonly email: Email;
  readonly password: string;
  readonly name: string;
};

type NewAccount = Registration & { readonly id?: string; readonly roles?: readonly Role[] };

type Opening = Pick<Dependencies, 'transact' | 'passwords' | 'newId'>;

/** Writes an account, or answers null when the e-mail has one. `andThen` runs in the same transaction. */
const addAccount =
  ({ transact, passwords, newId }: Opening) =>
  async <T>(
    { id = newId(), email, name, password, roles = ['BUYER'] }: NewAccount,
    andThen: (ports: Ports, user: User) => Promise<T>,
  ): Promise<T | null> => {
    const passwordHash = await passwords.hash(normalisePassword(password));
    const user: User = {
      id: asId<'User'>(id),
      email,
      name,
      roles,
      emailVerified: false,
      state: 'ACTIVE',
    };
    return transact(async (ports) =>
      (await ports.accounts.add({ ...user, passwordHash })) ? andThen(ports, user) : null,
    );
  };

/** Asks for proof of the address, unless it is one that needs none. */
const greet =
  (dependencies: Dependencies) =>
  async (ports: Ports, user: User): Promise<User> => {
    if (!isTrusted(dependencies.accountSettings, user.email)) {
      await mailToken(dependencies)(ports, user, 'VERIFY_EMAIL');
      return user;
    }
    await ports.accountChanges.verifyEmail(user.id);
    return { ...user, emailVerified: true };
  };

/** Opens an account and signs its owner in. */
export const register = (dependencies: Dependencies) => {
  const greetNew = greet(dependencies);
  const add = addAccount(dependencies);
  const start = startSession(dependencies);
  return async (registration: Registration, origin: Origin): Promise<AuthOutcome> => {
    const wait = await dependencies.limits.register(origin.address);
    if (wait) return limited(wait);
    const started = await add(registration, async (ports, user) => {
      await ports.securityEvents.record({ kind: 'ACCOUNT_OPENED', userId: user.id, origin });
      return start(ports, await greetNew(ports, user), { origin, methods: ['pwd'] });
    });
    return started ? signIn(dependencies)(started) : refused('EMAIL_TAKEN');
  };
};

/** Opens an account with any role and a chosen id, for the operator: false when the e-mail has one. */
export const openAccount = (dependencies: Opening) => {
  const add = addAccount(dependencies);
  return async (account: NewAccount): Promise<boolean> => (await add(account, async () => true)) ?? false;
};
