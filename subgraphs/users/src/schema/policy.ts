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
    signInProviders: open,
    linkedIdentities: [only(signedIn), own],
  },
  Mutation: {
    register: open,
    login: open,
    refreshSession: open,
    logout: decided('logout', signedIn.seats, 'REFUSED', 'no cookie holds a session'),
    becomeSeller: [only(customer), own],
    ...each(open, 'beginSignIn', 'completeSignIn'),
    ...each([only(signedIn), own], 'linkIdentity', 'unlinkIdentity'),
  },
  AuthSession: {
    ...each(open, 'accessToken', 'refreshToken', 'expiresAt', 'returnTo'),
    user: own,
  },
  User: {
    '*': only(anyOf(self, signedIn), 'NULL'),
    ...each(open, 'id', 'name'),
    email: only(anyOf(self, admin), 'NULL'),
  },
  Seller: each(open, 'id', 'displayName'),
  SignInProvider: each(open, 'id', 'name'),
  SignInBeginning: each(open, 'authorizationUrl', 'binding', 'expiresAt'),
  LinkedIdentity: each(open, 'id', 'provider', 'linkedAt', 'lastUsedAt'),
  ...refusals('AuthRefusal', 'SellerRefusal', 'IdentityRefusal'),
};
