import type { Email } from '../../domain/email.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Limited } from '../ports.ts';
import { noteFailedLogin } from './note-failed-login.ts';

/** One attempt to show an account's password or code. */
export type Guess<T> = {
  readonly email: Email;
  /** Who is signed in already. */
  readonly userId?: string | undefined;
  readonly origin: Origin;
  /** Null is a failure. */
  attempt(): Promise<T | null>;
  /** Whether an outcome shows all that is to be shown, which clears the failures before it. */
  isProof(outcome: T): boolean;
  /** What a failure is written down as; null where the attempt has written it down. */
  refusal(): string | null;
};

const isLimited = (outcome: unknown): boolean =>
  typeof outcome === 'object' && outcome !== null && 'retryAfter' in outcome;

/** Whatever can be guessed at is tried within the limits of logins, and what fails or is refused counts as a failed login. */
export const limitGuesses = (
  dependencies: Pick<Dependencies, 'transact' | 'directory' | 'limits' | 'loginWatch'>,
) => {
  const { directory, limits } = dependencies;
  const noteFailure = noteFailedLogin(dependencies);
  return async <T>({ email, userId, origin, ...guess }: Guess<T>): Promise<T | null | Limited> => {
    const { address } = origin;
    const isFamiliar = () => directory.knowsNetwork(email, address);
    const from = { email, ...(userId !== undefined && { userId }), address, isFamiliar };
    const outcome = await limits.logIn(from, guess.attempt, guess.isProof);
    if (outcome === null) await noteFailure(email, origin, guess.refusal());
    else if (isLimited(outcome)) await noteFailure(email, origin, null);
    return outcome;
  };
};
