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
import type { UserView } from '../application/show-user.ts';

/** Whose account it is; whoever has just signed in has no token yet. */
const self = those(
  'oneself',
  ['owner'],
  ({ id }, user: UserView) => user.justSignedIn === true || user.id === id,
);

/** Who may see and call what of users. */
export const policy: Policy = {
  Query: {
    me: [only(signedIn, 'NULL'), own],
    securityEvents: only(admin),
  },
  Mutation: {
    register: open,
    login: open,
    refreshSession: open,
    logout: decided('logout', signedIn.seats, 'REFUSED', 'no cookie holds a session'),
    becomeSeller: [only(customer), own],
  },
  AuthSession: {
    ...each(open, 'accessToken', 'refreshToken', 'expiresAt'),
    user: own,
  },
  User: {
    '*': only(anyOf(self, signedIn), 'NULL'),
    ...each(open, 'id', 'name'),
    email: only(anyOf(self, admin), 'NULL'),
    securityEvents: only(anyOf(self, admin), 'NULL'),
  },
  ...pagesOf('SecurityEvent'),
  SecurityEvent: each(open, 'id', 'at', 'kind', 'user', 'address', 'device', 'detail'),
  SecurityEventDetail: each(open, 'name', 'value'),
  Seller: each(open, 'id', 'displayName'),
  ...refusals('AuthRefusal', 'SellerRefusal'),
};
