import type { UserId } from '../application/ports.ts';

/** What a transaction leaves to be done when it has committed. */
export type Committed = {
  /** It appended to the outbox. */
  hasMessages: boolean;
  /** Milliseconds until the first of its calls to the card provider is due; null without any. */
  callsDueIn: number | null;
  /** Whose wallets it booked anything in. */
  readonly owners: Set<UserId>;
};

export const nothingYet = (): Committed => ({
  hasMessages: false,
  callsDueIn: null,
  owners: new Set(),
});

export const noteCall = (committed: Committed, dueIn: number): void => {
  committed.callsDueIn = Math.min(dueIn, committed.callsDueIn ?? dueIn);
};
