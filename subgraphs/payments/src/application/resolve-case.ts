import { asId, type Instant, type Money } from '@emporium/domain';
import type { Entry } from '../domain/journal.ts';
import { JournalRefused } from '../domain/journal-refused.ts';
import {
  adjustingJournal,
  type DifferenceKind,
  type MovementKind,
  suggestEntries,
} from '../domain/reconciliation.ts';
import type { Transact, UserId } from './ports.ts';

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
    by: UserId,
    reason: string,
  ): Promise<ReconciliationCase>;
};

export type ResolveWish = {
  readonly caseId: string;
  readonly action: 'POST_SUGGESTED' | 'ACCEPT';
  readonly reason: string;
  readonly userId: string;
};
export type ResolveRefusal = 'NOT_FOUND' | 'ALREADY_CLOSED' | 'INSUFFICIENT_FUNDS';
export type ResolveOutcome =
  | { readonly ok: true; readonly case: ReconciliationCase }
  | { readonly ok: false; readonly refusal: ResolveRefusal };
export type ResolveCase = (wish: ResolveWish) => Promise<ResolveOutcome>;

const refuse = (refusal: ResolveRefusal): ResolveOutcome => ({ ok: false, refusal });

/** Makes the books agree, or lets a difference stand, at an administrator's word. The same again changes nothing. */
export const createResolveCase =
  (transact: Transact): ResolveCase =>
  async ({ caseId, action, reason, userId }) => {
    const by = asId<'User'>(userId);
    const status = action === 'ACCEPT' ? 'ACCEPTED' : 'RESOLVED';
    try {
      return await transact(async ({ reconciliationCases, ledger }) => {
        const found = await reconciliationCases.lock(caseId);
        if (!found) return refuse('NOT_FOUND');
        if (found.status === status && found.closedBy !== null) return { ok: true, case: found };
        if (found.status !== 'OPEN') return refuse('ALREADY_CLOSED');
        if (status === 'RESOLVED')
          await ledger.post(adjustingJournal(asId(caseId), found.provider, found, by));
        return { ok: true, case: await reconciliationCases.close(caseId, status, by, reason) };
      });
    } catch (error) {
      if (error instanceof JournalRefused && error.code === 'INSUFFICIENT_FUNDS')
        return refuse('INSUFFICIENT_FUNDS');
      throw error;
    }
  };
