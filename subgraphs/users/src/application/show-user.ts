import type { User } from '../domain/user.ts';
import type { Dependencies } from './ports.ts';

/** A user as the schema takes them; who may see which field is said in its policy. */
export type UserView = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Shown to themself: they have just signed in, and the request came without a token of theirs. */
  readonly justSignedIn?: true;
};

export const showUser = ({ id, name, email }: User): UserView => ({ id, name, email });

/** Users in the order of the ids. */
export const showUsers =
  ({ directory }: Dependencies) =>
  async (ids: readonly string[]): Promise<readonly (UserView | null)[]> => {
    const users = await directory.findUsers(ids);
    return users.map((user) => user && showUser(user));
  };
