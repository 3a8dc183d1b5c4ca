/** What holds of each journal and its entries, which are read once for all of it. */
import type { RuleGroup } from './ledger-rule.ts';

export const journalRules: RuleGroup = {
  // Of journals that are as nearly all are, in one currency and zero in sum, nothing more need be asked.
  shared: `odd_journal AS MATERIALIZED (
    SELECT journal_id, moved.journal_id IS NULL AS empty, head.journal_id IS NULL AS headless
    FROM (
      SELECT journal_id, sum(amount) AS total, min(currency) AS first, max(currency) AS last
      FROM audit_journal GROUP BY journal_id
    ) AS moved
    FULL JOIN audit_journal_head AS head USING (journal_id)
    WHERE total <> 0 OR first <> last OR moved.journal_id IS NULL OR head.journal_id IS NULL
  )`,
  rules: [
    {
      rule: 'a journal of two currencies says by which rate, and no other moves a position, a gain or a loss',
      sql: `SELECT 'journal ' || journal_id AS what
        FROM (
          SELECT journal_id FROM odd_journal
          UNION SELECT journal_id FROM audit_journal
          WHERE account_id LIKE 'fx:%' OR account_id LIKE 'platform:fx-gain:%' OR account_id LIKE 'platform:fx-loss:%'
        ) AS suspect JOIN audit_journal USING (journal_id) JOIN audit_journal_head USING (journal_id)
        GROUP BY journal_id, conversion
        HAVING count(DISTINCT currency) > 1 AND conversion IS NULL
          OR bool_or(account_id ~ '^(fx|platform:fx-(gain|loss)):'
            AND coalesce(currency NOT IN (conversion ->> 'from', conversion ->> 'to'), true))`,
    },
    {
      rule: 'every journal sums to zero in each currency',
      sql: `SELECT 'journal ' || journal_id || ' leaves ' || sum(amount) || ' ' || currency AS what
        FROM odd_journal JOIN audit_journal USING (journal_id) GROUP BY journal_id, currency HAVING sum(amount) <> 0`,
    },
    {
      rule: 'every journal has entries',
      sql: `SELECT 'journal ' || journal_id AS what FROM odd_journal WHERE empty`,
    },
    {
      rule: 'every entry has its journal',
      sql: `SELECT 'entry ' || entry_position || ' of journal ' || journal_id AS what
        FROM odd_journal JOIN audit_journal USING (journal_id) WHERE headless`,
    },
  ],
};
