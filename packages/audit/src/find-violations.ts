import type { AuditQuery } from './connect-auditor.ts';
import { invariants } from './invariants.ts';

/** A rule that does not hold, with up to ten of the rows that show it. */
export type Violation = { readonly rule: string; readonly rows: readonly object[] };

/** Asks every invariant. Ask when no event is on its way, or repeat until the answer is empty. */
export const findViolations = async (query: AuditQuery): Promise<readonly Violation[]> => {
  const found: Violation[] = [];
  for (const { rule, sql } of invariants) {
    const rows = await query<object>(`SELECT * FROM (${sql}) broken LIMIT 10`);
    if (rows.length > 0) found.push({ rule, rows });
  }
  return found;
};
