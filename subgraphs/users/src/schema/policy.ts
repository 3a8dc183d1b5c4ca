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
  withOperations,
} from '@emporium/subgraph';
import { mayOversee } from '../application/sellers/oversee-sellers.ts';
import type { SellerView } from '../application/sellers/show-seller.ts';
import type { UserView } from '../application/show-user.ts';
import { mayReadSeller } from '../domain/seller.ts';
import type { SessionRecord } from '../domain/session.ts';

/** Whose account it is; whoever has just signed in has no token yet. */
const themself = those(
  'oneself',
  ['owner'],
  ({ id }, user: UserView) => user.shownTo === 'owner' || user.id === id,
);

/** Who followed a link that was mailed there: it shows who reads the mail, and nothing of a second factor. */
const itsMailbox = those(
  'who followed its link',
  ['owner'],
  (_, user: UserView) => user.shownTo === 'mailbox',
);

/** Whose session it is. */
const itsBearer = those('oneself', ['owner'], ({ id }, session: SessionRecord) => session.userId === id);

/** Whose shop it is. */
const itsOwner = those(
  'oneself',
  ['seller'],
  ({ id }, seller: SellerView) => seller.shownTo === 'owner' || seller.id === id,
);

const overseers = [only(customer), decided(mayOversee, ['admin'], 'refusal NOT_FOUND')];

/** Who may see and call what of users. */
export const policy: Policy = withOperations('users', {
  Query: {
    me: [only(signedIn, 'NULL'), own],
    ...each(only(admin), 'securityEvents', 'userByEmail'),
    signInProviders: open,
    linkedIdentities: [only(signedIn), own],
    sellerApplications: only(admin),
    mySessions: [only(signedIn), own],
    secondFactor: only(signedIn),
  },
  Mutation: {
    register: open,
    login: open,
    refreshSession: open,
    logout: decided('logout', signedIn.seats, 'REFUSED', 'no cookie holds a session'),
    logoutEverywhere: only(signedIn),
    revokeSession: [only(signedIn), own],
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
      'changeName',
      'changeEmail',
      'deactivateAccount',
      'deleteAccount',
      'exportMyData',
    ),
    ...each(only(admin), 'restoreAccount', 'removeSecondFactor'),
    ...each(open, 'beginSignIn', 'completeSignIn'),
    ...each([only(signedIn), own], 'linkIdentity', 'unlinkIdentity'),
    // Whoever has an account may protect it: SUPPORT most of all.
    ...each([only(signedIn), own], 'requestEmailVerification', 'changePassword'),
    proveIdentity: only(signedIn),
    ...each(only(signedIn), 'enrolTotp', 'confirmTotp', 'disableTotp', 'regenerateRecoveryCodes'),
    ...each([only(customer), own], 'addAddress', 'updateAddress', 'removeAddress', 'setDefaultAddress'),
    ...each([only(customer), own], 'updatePreferences', 'addToWishlist', 'removeFromWishlist'),
    ...each([only(customer), own], 'requestAvatarUpload', 'confirmAvatar', 'removeAvatar'),
    ...each(overseers, 'approveSeller', 'rejectSeller', 'suspendSeller', 'reinstateSeller'),
  },
  AuthSession: {
    ...each(open, 'accessToken', 'refreshToken', 'expiresAt', 'returnTo'),
    user: own,
  },
  User: {
    '*': only(anyOf(themself, itsMailbox, signedIn), 'NULL'),
    ...each(open, 'id', 'name'),
    ...each(only(anyOf(themself, itsMailbox, admin), 'NULL'), 'email', 'emailVerified'),
    // Administrators help when a parcel is lost; what somebody likes is nobody else's business.
    addresses: only(anyOf(themself, admin), 'NULL'),
    ...each(only(themself, 'NULL'), 'preferences', 'wishlist'),
    avatarUrl: open,
    seller: [only(anyOf(themself, admin), 'NULL'), own],
    securityEvents: only(anyOf(themself, admin), 'NULL'),
  },
  ...pagesOf('SecurityEvent'),
  SecurityEvent: each(open, 'id', 'at', 'kind', 'user', 'address', 'device', 'detail'),
  SecurityEventDetail: each(open, 'name', 'value'),
  SignInProvider: each(open, 'id', 'name'),
  SignInBeginning: each(open, 'authorizationUrl', 'binding', 'expiresAt'),
  LinkedIdentity: each(open, 'id', 'provider', 'linkedAt', 'lastUsedAt'),
  Seller: {
    '*': decided(mayReadSeller, ['seller', 'admin'], 'NULL', 'it is an application'),
    ...each(open, 'id', 'displayName'),
    ...each(only(anyOf(itsOwner, admin), 'NULL'), 'status', 'reason', 'appliedAt', 'user'),
  },
  ...pagesOf('Seller'),
  Session: {
    '*': only(itsBearer, 'NULL'),
    ...each(open, 'id', 'device', 'address', 'startedAt', 'lastUsedAt', 'isCurrent'),
  },
  ...pagesOf('Session'),
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
  SecondFactor: each(open, 'isOn', 'recoveryCodesLeft'),
  TotpEnrolment: each(open, 'secret', 'uri', 'qrCode'),
  RecoveryCodes: each(open, 'codes'),
  ...refusals(
    'AuthRefusal',
    'AccountRefusal',
    'IdentityRefusal',
    'SecondFactorRefusal',
    'SellerRefusal',
    'AddressRefusal',
    'WishlistRefusal',
    'AvatarRefusal',
    'SessionRefusal',
  ),
});
