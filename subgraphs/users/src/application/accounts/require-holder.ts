import type { OneTimeToken, TokenPurpose } from '../../domain/accounts/one-time-token.ts';
import type { TypedCode } from '../../domain/second-factor/typed-code.ts';
import { authenticate } from '../authenticate.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';
import { hasShownCode } from '../second-factor/has-shown-code.ts';
import type { AuthRefusalCode } from '../start-session.ts';
import { type AccountRefusalCode, type NotDone, notDone, tooMany } from './account-outcome.ts';

/** Who follows a mailed link: the ids of the access token, null without one, and what they gave along. */
export type Follower = {
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly password: string | null;
  /** Beside the password, where the account has one-time codes. */
  readonly code: TypedCode | null;
};

/** Why who is not signed in did not prove to hold the account; links to one that is deactivated have ended. */
const refusals: Partial<Record<AuthRefusalCode, AccountRefusalCode>> = {
  INVALID_CREDENTIALS: 'WRONG_PASSWORD',
  TOTP_REQUIRED: 'TOTP_REQUIRED',
  TOTP_INVALID: 'TOTP_INVALID',
};

/** What is missing of the session that the link was followed in; null where nothing is. */
const missingOf = async (
  ports: Ports,
  token: OneTimeToken,
  { userId, sessionId }: Follower,
): Promise<'SIGN_IN_REQUIRED' | 'TOTP_REQUIRED' | null> => {
  if (token.userId !== userId) return 'SIGN_IN_REQUIRED';
  if (!(await ports.secondFactors.find(userId))?.isOn) return null;
  return (await hasShownCode(ports, { userId, sessionId })) ? null : 'TOTP_REQUIRED';
};

/**
 * A link that gives an address to an account needs who has both: the token shows who reads the mail, and being signed in, or
 * the password, that the account is theirs; by a code too, where it has them. Else whoever reads a stranger's mail would prove
 * their own address for them. The token stays good; null where nothing is missing.
 */
export const requireHolder = (dependencies: Dependencies) => {
  const { transact, secrets } = dependencies;
  const prove = authenticate(dependencies);

  const look = (text: string, purpose: TokenPurpose, by: Follower) =>
    transact(async (ports) => {
      const token = await ports.oneTimeTokens.find(secrets.fingerprint(text), purpose);
      const user = token && (await ports.accounts.lock(token.userId));
      return token && user && { user, missing: await missingOf(ports, token, by) };
    });

  return async (
    text: string,
    purpose: TokenPurpose,
    by: Follower,
    origin: Origin,
  ): Promise<NotDone | null> => {
    const seen = await look(text, purpose, by);
    if (!seen) return notDone('TOKEN_INVALID');
    const { user, missing } = seen;
    if (missing === null) return null;
    const { password, code } = by;
    if (password === null) return notDone(missing);
    const credentials = { email: user.email, userId: user.id, password, code };
    const outcome = await prove(credentials, origin, async () => null);
    if (outcome.type === 'authenticated') return null;
    if (outcome.type === 'limited') return tooMany(outcome);
    return notDone(refusals[outcome.refusal] ?? 'TOKEN_INVALID');
  };
};
