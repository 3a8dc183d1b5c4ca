import type { Email } from '../domain/email.ts';
import type { AccountState, User } from '../domain/user.ts';
import type { Dependencies } from './ports.ts';

/** A user as the schema takes them; who may see which field is said in its policy. */
export type UserView = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly state: AccountState;
  /** Whom it is shown to where no access token says so: its owner, who has just signed in, or whoever reads mail at its address. */
  readonly shownTo?: 'owner' | 'mailbox';
};

export const showUser = ({ id, name, email, emailVerified, state }: User): UserView => ({
  id,
  name,
  email,
  emailVerified,
  state,
});

/** The account of an address; null where there is none. */
export const findUserByEmail =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  async (email: Email): Promise<UserView | null> => {
    const user = await transact(({ accountChanges }) => accountChanges.findByEmail(email));
    return user && showUser(user);
  };

/** Users in the order of the ids. */
export const showUsers =
  ({ directory }: Dependencies) =>
  async (ids: readonly string[]): Promise<readonly (UserView | null)[]> => {
    const users = await directory.findUsers(ids);
    return users.map((user) => user && showUser(user));
  };
