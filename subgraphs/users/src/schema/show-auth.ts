import { rateLimited } from '@emporium/subgraph';
import { showUser } from '../application/show-user.ts';
import type { AuthOutcome, AuthRefusalCode as Code } from '../application/start-session.ts';
import { type AuthRefusal, AuthRefusalCode, type AuthSession } from './auth-result.type.ts';
import type { Context } from './context.ts';

const messages: Record<Code, string> = {
  EMAIL_TAKEN: 'This e-mail address has an account. Log in instead.',
  INVALID_CREDENTIALS: 'E-mail address and password do not belong together. Check both.',
  ACCOUNT_DEACTIVATED:
    'This account is deactivated. Follow the link that we have mailed you last to have it back.',
  TOTP_REQUIRED:
    'This account has one-time codes on. Send `totp` too: a code of the app, or a recovery code.',
  TOTP_INVALID:
    'This code is not good, or not any more: each is good once. Send the next one that the app shows.',
  SESSION_EXPIRED: 'This session is over. Log in again.',
  SESSION_REVOKED: 'This session was ended. Log in again.',
  SIGN_IN_EXPIRED: 'This sign-in is over, or began elsewhere. Begin again.',
  SIGN_IN_REJECTED: 'The provider did not confirm who you are. Begin again.',
  LINK_REQUIRED:
    'The e-mail address there does not tell us which account is yours. Log in with your password, or register, and link the provider then.',
};

const refusal = (code: Code): AuthRefusal => ({
  __typename: 'AuthRefusal',
  code: AuthRefusalCode[code],
  message: messages[code],
});

/**
 * The outcome as GraphQL shows it: too many attempts are an error. With cookies, the session is kept in them and the
 * refresh token is not shown.
 */
export const showAuth = (
  outcome: AuthOutcome,
  { cookies }: Context,
  withCookies: boolean,
): AuthSession | AuthRefusal => {
  if (outcome.type === 'limited') throw rateLimited(outcome.retryAfter);
  if (outcome.type === 'refused') return refusal(outcome.refusal);
  const { user, accessToken, refreshToken } = outcome;
  if (withCookies) cookies.keep({ accessToken: accessToken.text, refreshToken });
  return {
    __typename: 'AuthSession',
    accessToken: accessToken.text,
    refreshToken: withCookies ? null : refreshToken,
    expiresAt: accessToken.expiresAt,
    user: { ...showUser(user), shownTo: 'owner' },
  };
};
