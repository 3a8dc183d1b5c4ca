import type { Viewer } from '@emporium/subgraph';
import { mayReadEmail, mayReadUser, type User } from '../domain/user.ts';
import type { Dependencies } from './ports.ts';

/** A user as one particular viewer may see them. */
export type UserView = { readonly id: string; readonly name: string; readonly email: string | null };

export const showUser = (user: User, viewer: Pick<Viewer, 'id' | 'roles'>): UserView => ({
  id: user.id,
  name: user.name,
  email: mayReadEmail(viewer, user) ? user.email : null,
});

/** Users as the viewer may see them, in the order of the ids; whoever is not signed in sees nobody. */
export const showUsers =
  ({ directory }: Dependencies) =>
  async (ids: readonly string[], viewer: Viewer): Promise<readonly (UserView | null)[]> => {
    if (!mayReadUser(viewer)) return ids.map(() => null);
    const users = await directory.findUsers(ids);
    return users.map((user) => user && showUser(user, viewer));
  };
