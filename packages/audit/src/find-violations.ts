import type { AuditQuery } from './connect-auditor.ts';
import { type Invariant, invariants } from './invariants.ts';

/** A rule that does not hold, with up to ten of the rows that show it. */
export type Violation = { readonly rule: string; readonly rows: readonly object[] };

/** Asks every invariant, or those given. Ask when no event is on its way, or repeat until the answer is empty. */
export const findViolations = async (
  query: AuditQuery,
  asked: readonly Invariant[] = invariants,
): Promise<readonly Violation[]> => {
  const found: Violation[] = [];
  for (const { rule, sql } of asked) {
    const rows = await query<object>(`SELECT * FROM (${sql}) broken LIMIT 10`);
    if (rows.length > 0) found.push({ rule, rows });
  }
  return found;
};
