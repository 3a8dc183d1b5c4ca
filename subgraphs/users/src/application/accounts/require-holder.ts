import type { TokenPurpose } from '../../domain/accounts/one-time-token.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { type NotDone, notDone } from './account-outcome.ts';
import { confirmPassword } from './confirm-password.ts';

/** Who follows a mailed link: the ids of the access token, null without one, and the password that they gave along. */
export type Follower = {
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly password: string | null;
};

/**
 * A link that gives an address to an account needs who has both: the token shows who reads the mail, and being signed in, or
 * the password, that the account is theirs. Else whoever reads a stranger's mail would prove their own address for them. The
 * token stays good; null where nothing is missing.
 */
export const requireHolder = (dependencies: Dependencies) => {
  const { transact, secrets } = dependencies;
  const confirm = confirmPassword(dependencies);
  return async (
    text: string,
    purpose: TokenPurpose,
    { userId, password }: Follower,
    origin: Origin,
  ): Promise<NotDone | null> => {
    const token = await transact(({ oneTimeTokens }) =>
      oneTimeTokens.find(secrets.fingerprint(text), purpose),
    );
    if (!token) return notDone('TOKEN_INVALID');
    if (token.userId === userId) return null;
    if (password === null) return notDone('SIGN_IN_REQUIRED');
    const confirmed = await confirm(token.userId, password, origin);
    return confirmed.type === 'confirmed' ? null : confirmed;
  };
};
