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
    /** Each user's, in the order of the ids. */
    findAddresses: profiles.findAddresses,
  };
};
