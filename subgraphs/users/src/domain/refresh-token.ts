import type { Id, Instant } from '@emporium/domain';
import type { Session } from './session.ts';

/** What is known of a refresh token that somebody presents. */
export type RefreshToken = {
  readonly session: Session;
  /** What began the session said it was. */
  readonly device: string | null;
  readonly userId: Id<'User'>;
  readonly expiresAt: Instant;
  /** Null for one that is fresh. */
  readonly use: TokenUse | null;
  readonly isRevoked: boolean;
};

export type TokenUse = {
  /** How long another tab may have sent the same without knowing. */
  readonly graceUntil: Instant;
  /** Which browser it was, as far as anybody can tell; null when no browser keeps the token. */
  readonly by: string | null;
  /** With the token itself it makes the one that followed; null once that was used in its turn. */
  readonly salt: string | null;
};

/** Who presents a token: `by` as in its use. */
export type Presentation = { readonly at: Instant; readonly by: string | null };

export type RefreshRefusal = 'SESSION_EXPIRED' | 'SESSION_REVOKED';

export type RefreshDecision =
  | { readonly type: 'rotate'; readonly token: RefreshToken }
  /** Another tab of the same browser was faster: this one is given what that one was. */
  | { readonly type: 'repeat'; readonly token: RefreshToken; readonly salt: string }
  | { readonly type: 'refuse'; readonly refusal: RefreshRefusal }
  /** Two hold the same token, and nobody can tell which of them stole it: the whole session ends. */
  | { readonly type: 'revoke'; readonly refusal: 'SESSION_REVOKED'; readonly token: RefreshToken };

/** The tabs of a browser share its cookies, but may send them before any hears that another has changed them. */
const isSameBrowser = (use: TokenUse, { at, by }: Presentation): boolean =>
  by !== null && by === use.by && at <= use.graceUntil;

/** A refresh token is good once, until it expires or its session is ended. */
export const decideRefresh = (token: RefreshToken | null, presented: Presentation): RefreshDecision => {
  if (!token) return { type: 'refuse', refusal: 'SESSION_EXPIRED' };
  const { use, isRevoked, expiresAt } = token;
  if (isRevoked) return { type: 'refuse', refusal: 'SESSION_REVOKED' };
  if (use?.salt && isSameBrowser(use, presented)) return { type: 'repeat', token, salt: use.salt };
  if (use) return { type: 'revoke', refusal: 'SESSION_REVOKED', token };
  if (expiresAt <= presented.at) return { type: 'refuse', refusal: 'SESSION_EXPIRED' };
  return { type: 'rotate', token };
};
