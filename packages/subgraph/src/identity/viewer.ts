import { unauthenticated } from '../graphql/errors.ts';

export const roles = ['BUYER', 'SELLER', 'SUPPORT', 'ADMIN'] as const;

/** SUPPORT reads what helping a buyer takes, and changes nothing. */
export type Role = (typeof roles)[number];

/** Who asks, as the gateway's token says. Without an id nobody is signed in. */
export type Viewer = {
  readonly id: string | null;
  readonly roles: readonly Role[];
  /** The client's network address, for rate limits. */
  readonly address: string | null;
  /** How they are signed in; absent where the access token says nothing of it. */
  readonly session?: ViewerSession;
};

/** The session that a viewer's access token belongs to. */
export type ViewerSession = {
  readonly id: string | null;
  /** When its owner last proved who they are, in seconds since 1970. */
  readonly authenticatedAt: number;
  /** How, by the names of RFC 8176: `pwd`, `otp`. */
  readonly methods: readonly string[];
  /** Whether the account has one-time codes on, so that what is sensitive needs `otp` among the methods. */
  readonly hasSecondFactor: boolean;
};

export type SignedInViewer = Viewer & { readonly id: string };

export const anonymous: Viewer = { id: null, roles: [], address: null };

export const isSignedIn = (viewer: Viewer): viewer is SignedInViewer => viewer.id !== null;

export const isAdmin = (viewer: Viewer): boolean => viewer.roles.includes('ADMIN');

export const isSupport = (viewer: Viewer): boolean => viewer.roles.includes('SUPPORT');

/** The viewer, or an UNAUTHENTICATED error. */
export const requireSignedIn = (viewer: Viewer): SignedInViewer => {
  if (!isSignedIn(viewer)) throw unauthenticated();
  return viewer;
};
