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
  },
  Mutation: {
    register: open,
    login: open,
    refreshSession: open,
    logout: decided('logout', signedIn.seats, 'REFUSED', 'no cookie holds a session'),
    becomeSeller: [only(customer), own],
    ...each(
      open,
      'verifyEmail',
      'requestPasswordReset',
      'resetPassword',
      'confirmEmailChange',
      'reactivateAccount',
    ),
    ...each(
      [only(customer), own],
      'requestEmailVerification',
      'changePassword',
      'changeEmail',
      'deactivateAccount',
      'deleteAccount',
      'exportMyData',
    ),
    restoreAccount: only(admin),
  },
  AuthSession: {
    ...each(open, 'accessToken', 'refreshToken', 'expiresAt'),
    user: own,
  },
  User: {
    '*': only(anyOf(self, signedIn), 'NULL'),
    ...each(open, 'id', 'name'),
    ...each(only(anyOf(self, admin), 'NULL'), 'email', 'emailVerified'),
  },
  Seller: each(open, 'id', 'displayName'),
  DataExport: each(open, 'json', 'at'),
  ...refusals('AuthRefusal', 'SellerRefusal', 'AccountRefusal'),
};
