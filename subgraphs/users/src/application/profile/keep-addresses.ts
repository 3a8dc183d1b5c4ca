import type { Viewer } from '@emporium/subgraph';
import { mayReadAddresses } from '../../domain/profile/access.ts';
import {
  type Address,
  type AddressRefusal,
  type AddressUse,
  addToBook,
  type PostalAddress,
} from '../../domain/profile/address-book.ts';
import type { Dependencies } from '../ports.ts';
import { asUser } from './as-user.ts';
import type { ProfileDependencies } from './profile-ports.ts';

type Outcome = Promise<Address | AddressRefusal | null>;

/** Keeping one's addresses. Every change answers null for no user of ours; another's address is as unknown as none. */
export const keepAddresses = (dependencies: Dependencies & ProfileDependencies) => {
  const as = asUser(dependencies);
  const { newId, profiles } = dependencies;
  return {
    addAddress: (userId: string, address: PostalAddress): Outcome =>
      as(userId, async ({ profile: { addresses } }) => {
        const added = addToBook(await addresses.defaults(userId), { ...address, id: newId() });
        if (typeof added !== 'string') await addresses.add(userId, added);
        return added;
      }),
    changeAddress: (userId: string, id: string, to: PostalAddress): Outcome =>
      as(
        userId,
        async ({ profile: { addresses } }) => (await addresses.change(userId, id, to)) ?? 'NOT_FOUND',
      ),
    removeAddress: (userId: string, id: string): Outcome =>
      as(userId, async ({ profile: { addresses } }) => (await addresses.remove(userId, id)) ?? 'NOT_FOUND'),
    makeDefaultAddress: (userId: string, id: string, uses: readonly AddressUse[]): Outcome =>
      as(
        userId,
        async ({ profile: { addresses } }) =>
          (await addresses.makeDefault(userId, id, uses)) ?? 'NOT_FOUND',
      ),
    /** In the order of the ids; null where the viewer may not look. */
    showAddresses: async (userIds: readonly string[], viewer: Viewer) => {
      const readable = userIds.filter((id) => mayReadAddresses(viewer, id));
      const found = readable.length > 0 ? await profiles.findAddresses(readable) : [];
      const byUser = new Map(readable.map((id, index) => [id, found[index] ?? []]));
      return userIds.map((id) => byUser.get(id) ?? null);
    },
  };
};
