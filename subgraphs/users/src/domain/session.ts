import type { Id, Instant } from '@emporium/domain';

/** One sign-in, as its access tokens tell of it. */
export type Session = {
  readonly id: Id<'Session'>;
  /** When its owner last proved who they are. */
  readonly authenticatedAt: Instant;
  /** How, by the names of RFC 8176: `pwd`, `otp`; and `fed` for a provider's word, which that has no name for. */
  readonly methods: readonly string[];
  /** Whether its owner's account has one-time codes on. */
  readonly hasSecondFactor: boolean;
};

/** A session, as its owner knows it again. */
export type SessionRecord = {
  readonly id: Id<'Session'>;
  readonly userId: Id<'User'>;
  /** What the client said it is, and the network it was in, when the session began. */
  readonly device: string | null;
  readonly address: string | null;
  readonly startedAt: Instant;
  readonly lastUsedAt: Instant;
};
