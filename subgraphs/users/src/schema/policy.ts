import {
  admin,
  anyOf,
  customer,
  decided,
  each,
  only,
  open,
  own,
  type Policy,
  pagesOf,
  refusals,
  signedIn,
  those,
} from '@emporium/subgraph';
import { mayOversee } from '../application/sellers/oversee-sellers.ts';
import type { SellerView } from '../application/sellers/show-seller.ts';
import type { UserView } from '../application/show-user.ts';
import { mayReadSeller } from '../domain/seller.ts';

/** Whose account it is; whoever has just signed in has no token yet. */
const self = those(
  'oneself',
  ['owner'],
  ({ id }, user: UserView) => user.justSignedIn === true || user.id === id,
);

/** Whose shop it is. */
const itsOwner = those(
  'oneself',
  ['seller'],
  ({ id }, seller: SellerView) => seller.justSignedIn === true || seller.id === id,
);

const overseers = [only(customer), decided(mayOversee, ['admin'], 'refusal NOT_FOUND')];

/** Who may see and call what of users. */
export const policy: Policy = {
  Query: {
    me: [only(signedIn, 'NULL'), own],
    sellerApplications: only(admin),
  },
  Mutation: {
    register: open,
    login: open,
    refreshSession: open,
    logout: decided('logout', signedIn.seats, 'REFUSED', 'no cookie holds a session'),
    becomeSeller: [only(customer), own],
    ...each(overseers, 'approveSeller', 'rejectSeller', 'suspendSeller', 'reinstateSeller'),
  },
  AuthSession: {
    ...each(open, 'accessToken', 'refreshToken', 'expiresAt'),
    user: own,
  },
  User: {
    '*': only(anyOf(self, signedIn), 'NULL'),
    ...each(open, 'id', 'name'),
    email: only(anyOf(self, admin), 'NULL'),
    seller: [only(anyOf(self, admin), 'NULL'), own],
  },
  Seller: {
    '*': decided(mayReadSeller, ['seller', 'admin'], 'NULL', 'it is an application'),
    ...each(open, 'id', 'displayName'),
    ...each(only(anyOf(itsOwner, admin), 'NULL'), 'status', 'reason', 'appliedAt', 'user'),
  },
  ...pagesOf('Seller'),
  ...refusals('AuthRefusal', 'SellerRefusal'),
};
