/** What the use cases ask of the world. */
import type { Id, Instant } from '@emporium/domain';
import type { Email } from '../domain/email.ts';
import type { RefreshToken } from '../domain/refresh-token.ts';
import type { Seller, SellerApproval, SellerStatus } from '../domain/seller.ts';
import type { Session } from '../domain/session.ts';
import type { Role, User } from '../domain/user.ts';
import type { Mails } from './mails.ts';
import type { Origin } from './origin.ts';
import type { ProfilePorts } from './profile/profile-ports.ts';
import type { OneTimeCodes, SecondFactors } from './second-factor/second-factors.ts';
import type { SecurityEvents } from './security-events.ts';
import type {
  DeriveAttemptSecrets,
  IdentityProviders,
  LinkedIdentities,
  SignInAttempts,
} from './sign-in/ports.ts';

/** Repositories of one transaction. */
export type Ports = {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly sellers: Sellers;
  readonly profile: ProfilePorts;
  /** Tells the gateways that a user's access tokens issued before this moment count no more. */
  revokeAccessTokens(userId: Id<'User'>, notBefore: Instant): Promise<void>;
  readonly securityEvents: SecurityEvents;
  readonly mails: Mails;
  readonly signInAttempts: SignInAttempts;
  readonly identities: LinkedIdentities;
  readonly secondFactors: SecondFactors;
  /** The database's clock. */
  now(): Promise<Instant>;
};

export type Accounts = {
  /** False when the e-mail has an account already; also when two register it at once. */
  add(account: User & { readonly passwordHash: string }): Promise<boolean>;
  find(id: string): Promise<User | null>;
  /** As `find`; changes of the same user wait until the transaction ends. */
  lock(id: string): Promise<User | null>;
  grant(id: Id<'User'>, role: Role): Promise<void>;
  revoke(id: Id<'User'>, role: Role): Promise<void>;
  /** Whether they have proven that their e-mail address is theirs. */
  isVerified(id: Id<'User'>): Promise<boolean>;
};

export type Sessions = {
  /** Its owner has just proved who they are, by these methods. */
  start(session: NewSession): Promise<Session>;
  /** Uses of the same token wait until the transaction ends. */
  lockToken(fingerprint: string): Promise<RefreshToken | null>;
  rotate(sessionId: Id<'Session'>, fingerprints: { used: string; next: string }): Promise<void>;
  revoke(sessionId: Id<'Session'>): Promise<void>;
  revokeAllOf(userId: string): Promise<void>;
  /** Its owner has proved again who they are; refresh tokens of before count as used. Null when the session is over or not theirs. */
  prove(proof: NewProof): Promise<Session | null>;
  /** Its owner has shown this too, beside how they signed in. */
  addMethod(session: { readonly id: string; readonly userId: string }, method: string): Promise<void>;
};

export type NewSession = {
  readonly id: Id<'Session'>;
  readonly userId: Id<'User'>;
  readonly fingerprint: string;
  readonly origin: Origin;
  readonly methods: readonly string[];
};

export type NewProof = {
  readonly sessionId: string;
  readonly userId: Id<'User'>;
  readonly fingerprint: string;
  readonly methods: readonly string[];
};

export type Sellers = {
  find(id: Id<'User'>): Promise<Seller | null>;
  /** Writes the seller with its next version, which it answers, and tells the other subgraphs. */
  save(seller: Seller, at: Instant): Promise<Seller>;
};

/** Up to `limit` sellers, of one status or of any, after the one that applied then. */
export type SellerSlice = {
  readonly status: SellerStatus | null;
  readonly limit: number;
  readonly after: { readonly appliedAt: Instant; readonly id: string } | null;
};

/** Reads outside of transactions. Lists answer in the order of the ids, null for the unknown. */
export type Directory = {
  findUsers(ids: readonly string[]): Promise<readonly (User | null)[]>;
  findSellers(ids: readonly string[]): Promise<readonly (Seller | null)[]>;
  /** By when they last applied, the oldest first. */
  listSellers(slice: SellerSlice): Promise<readonly Seller[]>;
  findCredentials(email: Email): Promise<{ user: User; passwordHash: string } | null>;
};

export type PasswordHasher = {
  hash(password: string): Promise<string>;
  /** Takes as long for `null` (nobody has that account) as for a real hash, and answers false. */
  matches(password: string, hash: string | null): Promise<boolean>;
};

/** What a signed-in client shows with every request. */
export type AccessToken = { readonly text: string; readonly expiresAt: Instant };

export type TokenIssuer = { issue(user: User, session: Session, at: Instant): Promise<AccessToken> };

/** Refresh tokens are random text of which only a fingerprint is kept. */
export type RefreshSecrets = { create(): string; fingerprint(secret: string): string };

/** Too many attempts; `retryAfter` in whole seconds. */
export type Limited = { readonly retryAfter: number };

export type AttemptLimits = {
  /** Counts one registration from this address. */
  register(address: string | null): Promise<Limited | null>;
  /** Runs `verify` unless too many attempts failed for this account or from this address; null is a failure. */
  logIn<T>(
    from: { readonly email: Email; readonly address: string | null },
    verify: () => Promise<T | null>,
  ): Promise<T | null | Limited>;
};

/** Everything that the use cases are built on. */
export type Dependencies = {
  transact<T>(work: (ports: Ports) => Promise<T>): Promise<T>;
  readonly directory: Directory;
  readonly passwords: PasswordHasher;
  readonly tokens: TokenIssuer;
  readonly secrets: RefreshSecrets;
  readonly limits: AttemptLimits;
  readonly sellerApproval: SellerApproval;
  readonly oneTimeCodes: OneTimeCodes;
  newId(): string;
  readonly providers: IdentityProviders;
  readonly deriveAttemptSecrets: DeriveAttemptSecrets;
};
