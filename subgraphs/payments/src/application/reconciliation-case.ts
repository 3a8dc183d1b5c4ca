import type { Id, Instant, Money } from '@emporium/domain';
import type { Entry } from '../domain/journal.ts';
import { type DifferenceKind, type MovementKind, suggestEntries } from '../domain/reconciliation.ts';

export type CaseStatus = 'OPEN' | 'RESOLVED' | 'ACCEPTED';

/** A difference of a day, and what became of it. */
export type ReconciliationCase = {
  readonly id: string;
  readonly provider: string;
  readonly day: string;
  readonly kind: DifferenceKind;
  readonly movement: MovementKind;
  readonly key: string;
  readonly reportedId: string | null;
  readonly reported: Money | null;
  readonly reportedAt: Instant | null;
  readonly journalId: string | null;
  readonly booked: Money | null;
  readonly bookedAt: Instant | null;
  readonly status: CaseStatus;
  readonly reason: string | null;
  /** Null of what is open, and of what a run closed because it matches by now. */
  readonly closedBy: string | null;
  readonly closedAt: Instant | null;
  readonly openedAt: Instant;
};

/** What would make the books agree with the report. */
export const suggestionFor = (difference: ReconciliationCase): readonly Entry[] =>
  suggestEntries(difference.provider, difference);

/** The cases within a transaction. */
export type ReconciliationCases = {
  /** Nobody else closes it until the transaction ends. */
  lock(id: string): Promise<ReconciliationCase | null>;
  close(
    id: string,
    status: 'RESOLVED' | 'ACCEPTED',
    by: Id<'User'>,
    reason: string,
  ): Promise<ReconciliationCase>;
};
