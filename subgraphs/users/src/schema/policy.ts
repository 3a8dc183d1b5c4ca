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
    ...each([only(customer), own], 'addAddress', 'updateAddress', 'removeAddress', 'setDefaultAddress'),
    ...each([only(customer), own], 'updatePreferences', 'addToWishlist', 'removeFromWishlist'),
    ...each([only(customer), own], 'requestAvatarUpload', 'confirmAvatar', 'removeAvatar'),
  },
  AuthSession: {
    ...each(open, 'accessToken', 'refreshToken', 'expiresAt', 'returnTo'),
    user: own,
  },
  User: {
    '*': only(anyOf(self, signedIn), 'NULL'),
    ...each(open, 'id', 'name'),
    email: only(anyOf(self, admin), 'NULL'),
    // Administrators help when a parcel is lost; what somebody likes is nobody else's business.
    addresses: only(anyOf(self, admin), 'NULL'),
    ...each(only(self, 'NULL'), 'preferences', 'wishlist'),
    avatarUrl: open,
  },
  Seller: each(open, 'id', 'displayName'),
  SignInProvider: each(open, 'id', 'name'),
  SignInBeginning: each(open, 'authorizationUrl', 'binding', 'expiresAt'),
  LinkedIdentity: each(open, 'id', 'provider', 'linkedAt', 'lastUsedAt'),
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
  ...refusals('AuthRefusal', 'SellerRefusal', 'AddressRefusal', 'WishlistRefusal', 'AvatarRefusal'),
  ...refusals('IdentityRefusal'),
};
