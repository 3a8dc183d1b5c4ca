/** Who asks, as subgraphs are told. Without an id nobody is signed in. Roles are whatever the access token says. */
export type Viewer = {
  readonly id: string | null;
  readonly roles: readonly string[];
  readonly address: string;
  /** Absent where nobody is signed in, or the access token says nothing of it. */
  readonly session?: SessionClaims;
};

/** What an access token says of its session, in the claims that OpenID Connect names; subgraphs are told the same. */
export type SessionClaims = {
  /** The session's id. */
  readonly sid?: string | undefined;
  /** When its owner last proved who they are, in seconds since 1970. */
  readonly auth_time?: number | undefined;
  /** How: `pwd`, `otp` and the like. */
  readonly amr?: readonly string[] | undefined;
  /** Whether the account has one-time codes on. Ours, not OpenID Connect's. */
  readonly second_factor?: boolean | undefined;
};

/** Whom limits count by: the one who is signed in, else whoever is at this address. */
export const viewerName = ({ id, address }: Viewer): string => (id === null ? `at ${address}` : `id ${id}`);
