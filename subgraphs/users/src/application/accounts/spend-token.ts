import type { OneTimeToken, TokenPurpose } from '../../domain/accounts/one-time-token.ts';
import type { User } from '../../domain/user.ts';
import type { Dependencies, Ports } from '../ports.ts';

/**
 * Uses a token up, and answers whose it was, under lock; null when it is not good. The user is locked first, as by everybody
 * who changes one: so nobody waits for each other in a circle.
 */
export const spendToken =
  ({ secrets }: Pick<Dependencies, 'secrets'>) =>
  async (
    { oneTimeTokens, accounts }: Ports,
    text: string,
    purpose: TokenPurpose,
  ): Promise<{ user: User; token: OneTimeToken } | null> => {
    const fingerprint = secrets.fingerprint(text);
    const known = await oneTimeTokens.find(fingerprint, purpose);
    const user = known && (await accounts.lock(known.userId));
    const token = user && (await oneTimeTokens.use(fingerprint, purpose));
    return user && token && { user, token };
  };
