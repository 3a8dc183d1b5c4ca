import { asId, type Instant } from '@emporium/domain';
import type { RefreshRefusal } from '../domain/refresh-token.ts';
import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import { noteOrigin } from './abuse/note-origin.ts';
import type { Origin } from './origin.ts';
import type { AccessToken, Dependencies, Limited, Ports } from './ports.ts';

/** Why nobody was signed in. */
export type AuthRefusalCode =
  | 'EMAIL_TAKEN'
  | 'INVALID_CREDENTIALS'
  | 'ACCOUNT_DEACTIVATED'
  | 'SIGN_IN_EXPIRED'
  | 'SIGN_IN_REJECTED'
  | 'LINK_REQUIRED'
  | 'TOTP_REQUIRED'
  | 'TOTP_INVALID'
  | RefreshRefusal;

/** How an attempt to sign in ends. */
export type AuthOutcome =
  | ({ readonly type: 'signed-in' } & SignedIn)
  | { readonly type: 'refused'; readonly refusal: AuthRefusalCode }
  | ({ readonly type: 'limited' } & Limited);

export type SignedIn = {
  readonly user: User;
  readonly accessToken: AccessToken;
  readonly refreshToken: string;
};

/** A session that is written but has no access token yet. */
export type StartedSession = {
  readonly user: User;
  readonly session: Session;
  readonly refreshToken: string;
  readonly at: Instant;
};

export const refused = (refusal: AuthRefusalCode) => ({ type: 'refused', refusal }) as const;
export const limited = ({ retryAfter }: Limited) => ({ type: 'limited', retryAfter }) as const;

/** How somebody has just proved who they are, and where from. */
export type Proof = { readonly origin: Origin; readonly methods: readonly string[] };

/**
 * Writes a new session with its first refresh token, and where it began. Its owner is held and read again, so that nothing
 * that changes them meanwhile, or ends their sessions, passes it by.
 */
export const startSession =
  (dependencies: Pick<Dependencies, 'secrets' | 'newId' | 'signInMails'>) =>
  async (ports: Ports, { id }: User, { origin, methods }: Proof): Promise<StartedSession> => {
    const { secrets, newId } = dependencies;
    const { accounts, sessions } = ports;
    const user = await accounts.lock(id);
    if (!user) throw new Error('an account went while its owner signed in');
    const refreshToken = secrets.create();
    const session = await sessions.start({
      id: asId<'Session'>(newId()),
      userId: user.id,
      fingerprint: secrets.fingerprint(refreshToken),
      origin,
      methods,
    });
    await noteOrigin(dependencies)(ports, user, origin);
    return { user, session, refreshToken, at: session.authenticatedAt };
  };

/** Signs the access token of a session that is committed. */
export const signIn =
  ({ tokens }: Dependencies) =>
  async ({ user, session, refreshToken, at }: StartedSession): Promise<AuthOutcome> => ({
    type: 'signed-in',
    user,
    refreshToken,
    accessToken: await tokens.issue(user, session, at),
  });
