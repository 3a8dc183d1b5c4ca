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
    ...each([only(customer), own], 'addAddress', 'updateAddress', 'removeAddress', 'setDefaultAddress'),
    ...each([only(customer), own], 'updatePreferences', 'addToWishlist', 'removeFromWishlist'),
    ...each([only(customer), own], 'requestAvatarUpload', 'confirmAvatar', 'removeAvatar'),
  },
  AuthSession: {
    ...each(open, 'accessToken', 'refreshToken', 'expiresAt'),
    user: own,
  },
  User: {
    '*': only(anyOf(self, signedIn), 'NULL'),
    ...each(open, 'id', 'name'),
    ...each(only(anyOf(self, admin), 'NULL'), 'email', 'emailVerified'),
    // Administrators help when a parcel is lost; what somebody likes is nobody else's business.
    addresses: only(anyOf(self, admin), 'NULL'),
    ...each(only(self, 'NULL'), 'preferences', 'wishlist'),
    avatarUrl: open,
  },
  Seller: each(open, 'id', 'displayName'),
  Address: {
    ...each(open, 'id', 'name', 'line1', 'line2', 'city', 'region', 'postalCode', 'country', 'phone'),
    ...each(open, 'isDefaultShipping', 'isDefaultBilling'),
  },
  Preferences: each(open, 'locale', 'currency', 'channels'),
  WishlistConnection: each(open, 'edges', 'pageInfo'),
  WishlistEdge: each(open, 'cursor', 'node', 'addedAt'),
  Product: each(open, 'id'),
  AvatarUpload: each(open, 'id', 'url', 'fields', 'maxBytes', 'expiresAt'),
  FormField: each(open, 'name', 'value'),
  DataExport: each(open, 'json', 'at'),
  ...refusals('AuthRefusal', 'SellerRefusal', 'AccountRefusal'),
  ...refusals('AddressRefusal', 'WishlistRefusal', 'AvatarRefusal'),
};
