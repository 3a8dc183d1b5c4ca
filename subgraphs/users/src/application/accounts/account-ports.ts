/** What the use cases about accounts ask of one transaction. */
import type { Id } from '@emporium/domain';
import type { OneTimeToken, TokenPurpose } from '../../domain/accounts/one-time-token.ts';
import type { Email } from '../../domain/email.ts';
import type { User } from '../../domain/user.ts';

export type AccountPorts = {
  readonly oneTimeTokens: OneTimeTokens;
  readonly accountChanges: AccountChanges;
  readonly personalData: PersonalData;
};

export type NewOneTimeToken = OneTimeToken & {
  readonly purpose: TokenPurpose;
  readonly fingerprint: string;
  /** The address of who asks, where anybody may ask for somebody else; null where only its owner can. */
  readonly askedFrom: string | null;
};

export type OneTimeTokens = {
  /** Ends the user's older one of this purpose, unless another network asked for that: no stranger ends its owner's. A user that is not there gets none, after the same work. */
  issue(token: NewOneTimeToken): Promise<void>;
  /** Null unless it is good: known, for this purpose, not used and not expired. */
  find(fingerprint: string, purpose: TokenPurpose): Promise<OneTimeToken | null>;
  /** As `find`, and it is good no more: of two at once one gets it. */
  use(fingerprint: string, purpose: TokenPurpose): Promise<OneTimeToken | null>;
  endAllOf(userId: Id<'User'>): Promise<void>;
};

/** Callers hold the user's lock. */
export type AccountChanges = {
  findByEmail(email: Email): Promise<User | null>;
  /** Null for who has no password: they sign in by other means. */
  findPasswordHash(id: Id<'User'>): Promise<string | null>;
  setPassword(id: Id<'User'>, passwordHash: string): Promise<void>;
  /** Tells the other subgraphs the first time. */
  verifyEmail(id: Id<'User'>): Promise<void>;
  /** Changes a verified address for another; false when it has an account. Tells the other subgraphs. */
  takeEmail(id: Id<'User'>, email: Email): Promise<boolean>;
  rename(id: Id<'User'>, name: string): Promise<void>;
  /** Forgets every way in and where from, and gives them a name; sessions and profile are others'. */
  empty(id: Id<'User'>, name: string): Promise<void>;
  deactivate(id: Id<'User'>): Promise<void>;
  reactivate(id: Id<'User'>): Promise<void>;
  /** Leaves the id and the times; everything that tells who it was goes. Tells the other subgraphs. */
  erase(id: Id<'User'>): Promise<User>;
};

/** Everything that is held about somebody, by what it is; secrets and their hashes are left out. */
export type PersonalData = { collect(id: Id<'User'>): Promise<Readonly<Record<string, unknown>>> };
