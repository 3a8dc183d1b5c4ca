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
