import type { Id, Instant } from '@emporium/domain';
import type { Session } from './session.ts';

/** What is known of a refresh token that somebody presents. */
export type RefreshToken = {
  readonly session: Session;
  /** What began the session said it was. */
  readonly device: string | null;
  readonly userId: Id<'User'>;
  readonly expiresAt: Instant;
  readonly isUsed: boolean;
  readonly isRevoked: boolean;
};

export type RefreshRefusal = 'SESSION_EXPIRED' | 'SESSION_REVOKED';

export type RefreshDecision =
  | { readonly type: 'rotate'; readonly token: RefreshToken }
  | { readonly type: 'refuse'; readonly refusal: RefreshRefusal }
  /** Two hold the same token, and nobody can tell which of them stole it: the whole session ends. */
  | { readonly type: 'revoke'; readonly refusal: 'SESSION_REVOKED'; readonly token: RefreshToken };

/** A refresh token is good once, until it expires or its session is ended. */
export const decideRefresh = (token: RefreshToken | null, at: Instant): RefreshDecision => {
  if (!token) return { type: 'refuse', refusal: 'SESSION_EXPIRED' };
  if (token.isRevoked) return { type: 'refuse', refusal: 'SESSION_REVOKED' };
  if (token.isUsed) return { type: 'revoke', refusal: 'SESSION_REVOKED', token };
  if (token.expiresAt <= at) return { type: 'refuse', refusal: 'SESSION_EXPIRED' };
  return { type: 'rotate', token };
};
