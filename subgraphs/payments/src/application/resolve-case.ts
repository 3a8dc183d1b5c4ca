import { asId } from '@emporium/domain';
import { JournalRefused } from '../domain/journal-refused.ts';
import { adjustingJournal } from '../domain/reconciliation.ts';
import type { Transact } from './ports.ts';
import type { ReconciliationCase } from './reconciliation-case.ts';

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
