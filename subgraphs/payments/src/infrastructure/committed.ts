import type { ProviderCall, UserId } from '../application/ports.ts';

/** A call that may be asked for at once, and when it was marked as sent: milliseconds of `performance.now()`, or a little before. */
export type ReadyCall = { readonly call: ProviderCall; readonly since: number };

/** What a transaction leaves to be done when it has committed. */
export type Committed = {
  /** It appended to the outbox. */
  hasMessages: boolean;
  /** Milliseconds until the first of its calls to the card provider is due; null without any. */
  callsDueIn: number | null;
  /** Calls that it has taken and prepared itself. */
  readonly ready: ReadyCall[];
  /** Whose wallets it booked anything in. */
  readonly owners: Set<UserId>;
};

export const nothingYet = (): Committed => ({
  hasMessages: false,
  callsDueIn: null,
  ready: [],
  owners: new Set(),
});

export const noteCall = (committed: Committed, dueIn: number): void => {
  committed.callsDueIn = Math.min(dueIn, committed.callsDueIn ?? dueIn);
};
