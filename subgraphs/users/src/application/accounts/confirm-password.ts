import { normalisePassword } from '../../domain/password.ts';
import type { User } from '../../domain/user.ts';
import { limitGuesses } from '../abuse/limit-guesses.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';
import { type AccountOutcome, gone, type NotDone, notDone, tooMany } from './account-outcome.ts';
import { lockProven } from './lock-proven.ts';

/** Whose password was confirmed, and against what. */
type Confirmed = { readonly type: 'confirmed'; readonly user: User; readonly passwordHash: string | null };

/** The password alone clears no failures: whoever has it may be guessing codes. */
const isNoProof = () => false;

/** Asks for the password once more: a token that was stolen is not enough. Failures are limited as failed logins are. */
export const confirmPassword = (dependencies: Dependencies) => {
  const { transact, passwords } = dependencies;
  const limitedly = limitGuesses(dependencies);
  const read = (userId: string): Promise<Confirmed | null> =>
    transact(async ({ accounts, accountChanges }) => {
      const user = await accounts.find(userId);
      return (
        user && { type: 'confirmed', user, passwordHash: await accountChanges.findPasswordHash(user.id) }
      );
    });

  return async (userId: string, password: string, origin: Origin): Promise<Confirmed | NotDone> => {
    const known = await read(userId);
    if (!known) return gone;
    const attempt = async () =>
      (await passwords.matches(normalisePassword(password), known.passwordHash)) ? known : null;
    const { email } = known.user;
    const refusal = () => 'WRONG_PASSWORD';
    const outcome = await limitedly({ email, userId, origin, attempt, isProof: isNoProof, refusal });
    if (outcome === null) return notDone('WRONG_PASSWORD');
    return 'retryAfter' in outcome ? tooMany(outcome) : outcome;
  };
};

/** Goes on under the user's lock, unless the password became another since it was confirmed. */
export const whileConfirmed = async (
  ports: Ports,
  confirmed: Confirmed,
  change: (user: User) => Promise<AccountOutcome>,
): Promise<AccountOutcome> => {
  const user = await lockProven(ports, confirmed);
  if (user) return change(user);
  return (await ports.accounts.find(confirmed.user.id)) ? notDone('WRONG_PASSWORD') : gone;
};
