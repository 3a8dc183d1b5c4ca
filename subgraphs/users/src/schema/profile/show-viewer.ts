import { requireSignedIn } from '@emporium/subgraph';
import type { Context } from '../context.ts';
import type { UserType } from '../user.type.ts';
import { requireAccount } from './require-account.ts';

/** The viewer as a member of a union: what a change of their profile answers. */
export const showViewer = async ({
  viewer,
  loaders,
}: Context): Promise<UserType & { readonly __typename: 'User' }> => {
  const { id } = requireSignedIn(viewer);
  return { ...requireAccount(await loaders.users.load(id)), __typename: 'User' };
};
