/** What the use cases ask of the world. */
import type { Id, Instant } from '@emporium/domain';
import type { Email } from '../domain/email.ts';
import type { SignInMails } from '../domain/familiarity.ts';
import type { RefreshToken, TokenUse } from '../domain/refresh-token.ts';
import type { Seller, SellerApproval, SellerStatus } from '../domain/seller.ts';
import type { Session, SessionRecord } from '../domain/session.ts';
import type { Role, User } from '../domain/user.ts';
import type { KnownOrigins } from './abuse/known-origins.ts';
import type { ListSecurityEvents } from './abuse/list-security-events.ts';
import type { LoginWatch, SecurityAlerts } from './abuse/security-alert.ts';
import type { AccountPorts } from './accounts/account-ports.ts';
import type { AccountSettings } from './accounts/account-settings.ts';
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
  readonly securityEvents: SecurityEvents;
  readonly mails: Mails;
  readonly knownOrigins: KnownOrigins;
  readonly securityAlerts: SecurityAlerts;
  readonly signInAttempts: SignInAttempts;
  readonly identities: LinkedIdentities;
  readonly secondFactors: SecondFactors;
  /** The database's clock. */
  now(): Promise<Instant>;
  /** The same, later than whatever the transaction has waited for. */
  moment(): Promise<Instant>;
} & AccountPorts;

export type Accounts = {
  /** False when the e-mail has an account already; also when two register it at once. */
  add(account: NewUser): Promise<boolean>;
  /** Null for who is deleted, too. */
  find(id: string): Promise<User | null>;
  /** As `find`; changes of the same user wait until the transaction ends. */
  lock(id: string): Promise<User | null>;
  grant(id: Id<'User'>, role: Role): Promise<void>;
  revoke(id: Id<'User'>, role: Role): Promise<void>;
  /** Whether they have proven that their e-mail address is theirs. */
  isVerified(id: Id<'User'>): Promise<boolean>;
};

type NewUser = Pick<User, 'id' | 'email' | 'name' | 'roles'> & { readonly passwordHash: string };

export type Sessions = {
  /** Its owner has just proved who they are, by these methods. */
  start(session: NewSession): Promise<Session>;
  /** Whatever else happens to its owner's sessions waits until the transaction ends. */
  lockToken(fingerprint: string): Promise<RefreshToken | null>;
  rotate(sessionId: Id<'Session'>, tokens: Rotation): Promise<void>;
  /** Null for one that is not there, or has ended. */
  find(sessionId: string): Promise<SessionRecord | null>;
  /** Those of a user that live, the last begun first. */
  listOf(userId: string, page: SessionPage): Promise<readonly SessionRecord[]>;
  /** Ends a session, with the access tokens that it has out, and answers it; null when it had ended. */
  revoke(sessionId: Id<'Session'>): Promise<SessionRecord | null>;
  /** Ends all sessions of a user, with the access tokens that they have out. */
  revokeAllOf(userId: Id<'User'>): Promise<void>;
  /** All but one; all where it is null. */
  revokeOthersOf(userId: Id<'User'>, sessionId: string | null): Promise<void>;
  /** Ends the access tokens that are out, for what they say of their user is true no more; the sessions go on. */
  revokeTokensOf(userId: Id<'User'>): Promise<void>;
  /** Its owner has proved again who they are; refresh tokens of before count as used. Null when the session is over or not theirs. */
  prove(proof: NewProof): Promise<Session | null>;
  /** Its owner has shown this too, beside how they signed in. */
  addMethod(session: { readonly id: string; readonly userId: string }, method: string): Promise<void>;
  /** How the owner of a session that lives was proven in it, as it stands now; none for another's. */
  methodsOf(session: { readonly id: string; readonly userId: string }): Promise<readonly string[]>;
};

export type NewSession = {
  readonly id: Id<'Session'>;
  readonly userId: Id<'User'>;
  readonly fingerprint: string;
  readonly origin: Origin;
  readonly methods: readonly string[];
};

/** A refresh token gives way to the next. */
export type Rotation = {
  /** Fingerprints. */
  readonly used: string;
  readonly next: string;
} & Pick<TokenUse, 'by' | 'salt'>;

/** `limit` of them after the one with the id `after`. */
export type SessionPage = { readonly limit: number; readonly after: string | null };

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
  findCredentials(email: Email): Promise<StoredCredentials | null>;
  /** Whether the account was signed in to from the address's network before. */
  knowsNetwork(email: Email, address: string | null): Promise<boolean>;
  readonly listSecurityEvents: ListSecurityEvents;
};

export type StoredCredentials = { readonly user: User; readonly passwordHash: string };

export type PasswordHasher = {
  hash(password: string): Promise<string>;
  /** Takes as long for `null` (nobody has that account) as for a real hash, and answers false. */
  matches(password: string, hash: string | null): Promise<boolean>;
};

/** What a signed-in client shows with every request. */
export type AccessToken = { readonly text: string; readonly expiresAt: Instant };

export type TokenIssuer = { issue(user: User, session: Session, at: Instant): Promise<AccessToken> };

/** Refresh tokens are text that nobody can guess, of which only a fingerprint is kept. */
export type RefreshSecrets = {
  create(): string;
  fingerprint(secret: string): string;
  /** The token after this one: random as the salt is, and found again by whoever has both. */
  successor(secret: string, salt: string): string;
};

/** Too many attempts; `retryAfter` in whole seconds. */
export type Limited = { readonly retryAfter: number };

export type LoginAttempt = {
  readonly email: Email;
  /** Whose token came with it: they are counted by themselves, apart from logins. */
  readonly userId?: string;
  readonly address: string | null;
  /** Whether the account was signed in to from there before; asked only where it matters. */
  isFamiliar(): Promise<boolean>;
};

export type AttemptLimits = {
  /** Counts one registration from this address. */
  register(address: string | null): Promise<Limited | null>;
  /**
   * Runs `verify` unless too many attempts failed: from this network at this account, or, where the account does not know the
   * network, at this account or from this network at any. Null is a failure; what is proof of who it is clears the failures before it.
   */
  logIn<T>(
    from: LoginAttempt,
    verify: () => Promise<T | null>,
    isProof: (outcome: T) => boolean,
  ): Promise<T | null | Limited>;
  /**
   * Counts one request for what costs somebody a mail, such as `password-reset`: per subject and per network. Each `what` is
   * counted by itself.
   */
  ask(what: string, from: MailRequest): Promise<Limited | null>;
};

type MailRequest = {
  /** The e-mail address or the id of whom it is for. */
  readonly subject: string;
  readonly address: string | null;
  /** Where anybody may ask: whether the subject was signed in to from there before, where they are then counted apart from strangers. */
  isFamiliar?(): Promise<boolean>;
};

/** Everything that the use cases are built on. */
export type Dependencies = {
  transact<T>(work: (ports: Ports) => Promise<T>): Promise<T>;
  readonly directory: Directory;
  readonly passwords: PasswordHasher;
  readonly tokens: TokenIssuer;
  readonly secrets: RefreshSecrets;
  readonly limits: AttemptLimits;
  readonly loginWatch: LoginWatch;
  readonly signInMails: SignInMails;
  readonly accountSettings: AccountSettings;
  readonly sellerApproval: SellerApproval;
  readonly oneTimeCodes: OneTimeCodes;
  newId(): string;
  readonly providers: IdentityProviders;
  readonly deriveAttemptSecrets: DeriveAttemptSecrets;
};
