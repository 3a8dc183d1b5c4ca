/** What signing in with OpenID providers asks of the world. */
import type { Id, Instant } from '@emporium/domain';
import type { Email } from '../../domain/email.ts';
import type { ProvenIdentity } from '../../domain/linked-identity.ts';
import type { User } from '../../domain/user.ts';

/** A provider that the configuration names. */
export type SignInProvider = { readonly id: string; readonly name: string };

/** What binds a provider's answer to the one attempt that asked for it. */
export type AttemptSecrets = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
};

/** What a provider sent along when it sent somebody back. */
export type ProviderAnswer = {
  readonly code: string;
  /** Who says to have sent it, by RFC 9207; null where the provider does not say. */
  readonly iss: string | null;
};

/** Talks to the providers; none of it belongs into a transaction. */
export type IdentityProviders = {
  /** In the order of the configuration; empty where nobody can sign in so. */
  readonly list: readonly SignInProvider[];
  /** What people call it; the id of one that is not configured any more. */
  nameOf(provider: string): string;
  /** Of pages that a sign-in may lead back to; a path belongs to the first. */
  readonly returnOrigins: readonly string[];
  authorizationUrl(provider: string, secrets: AttemptSecrets): Promise<string | 'unavailable'>;
  /** Changes the code for who it is, once. */
  prove(
    provider: string,
    answer: ProviderAnswer,
    secrets: AttemptSecrets,
  ): Promise<ProvenIdentity | 'rejected' | 'unavailable'>;
};

/** Nonce and PKCE verifier come from what only the beginner holds, so that nothing secret of an attempt is stored. */
export type DeriveAttemptSecrets = (binding: string, state: string) => AttemptSecrets;

export type NewSignInAttempt = {
  readonly stateFingerprint: string;
  readonly bindingFingerprint: string;
} & SignInAttempt;

export type SignInAttempt = {
  readonly provider: string;
  readonly returnTo: string;
  /** Who was signed in when it began; only they may link what it proves. */
  readonly userId: string | null;
};

export type SignInAttempts = {
  /** Answers until when it can be completed. */
  add(attempt: NewSignInAttempt): Promise<Instant>;
  /** Takes it away, so that a second use finds none; null too for one that is over or that another began. */
  take(fingerprints: Fingerprints): Promise<TakenAttempt | null>;
  /** Lets its beginner try again what lacked only a code, for as long as it had. */
  putBack(fingerprints: Fingerprints, attempt: TakenAttempt & { proven: ProvenIdentity }): Promise<void>;
};

export type Fingerprints = { readonly state: string; readonly binding: string };

export type TakenAttempt = SignInAttempt & {
  readonly expiresAt: Instant;
  /** Who the provider has proved already, where only a one-time code was missing. */
  readonly proven: ProvenIdentity | null;
};

/** An identity by which its owner can sign in. */
export type LinkedIdentity = {
  readonly id: string;
  readonly provider: string;
  readonly linkedAt: Instant;
  readonly lastUsedAt: Instant;
};

/** Identities and the accounts that they reach, in one transaction. */
export type LinkedIdentities = {
  /** Whose it is; uses of the same identity wait until the transaction ends. */
  lock(identity: ProvenIdentity): Promise<Id<'User'> | null>;
  /** The address of the account that it would sign in to, as far as there is one. */
  emailOf(identity: ProvenIdentity): Promise<Email | null>;
  /** An account without a password; false when the address has one. */
  open(user: User): Promise<boolean>;
  add(link: { userId: Id<'User'>; provider: string; identity: ProvenIdentity }): Promise<LinkedIdentity>;
  noteUse(identity: ProvenIdentity): Promise<void>;
  of(userId: string): Promise<readonly LinkedIdentity[]>;
  remove(id: string): Promise<void>;
};
