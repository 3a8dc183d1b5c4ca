/** What holds of each account and its entries, which are read once for all of it. */
import type { RuleGroup } from './ledger-rule.ts';

export const accountRules: RuleGroup = {
  shared: `odd_account AS MATERIALIZED (
    SELECT account_id, currency, balance, folded, entries_sum
    FROM (
      SELECT account_id, sum(amount) AS debits, min(currency) AS first, max(currency) AS last
      FROM audit_journal GROUP BY account_id
    ) AS moved
    FULL JOIN audit_account USING (account_id),
    LATERAL (SELECT CASE WHEN kind IN ('ASSET', 'EXPENSE') THEN 1 ELSE -1 END * coalesce(debits, 0) AS entries_sum) AS own
    WHERE balance IS NULL OR balance <> entries_sum OR balance < 0 OR folded < 0 OR first <> currency OR last <> currency
  )`,
  rules: [
    {
      rule: 'a balance is the sum of its entries',
      sql: `SELECT 'account ' || account_id || ' has ' || balance || ', its entries sum to ' || entries_sum AS what
        FROM odd_account WHERE balance <> entries_sum`,
    },
    {
      rule: 'no balance is below zero',
      sql: `SELECT 'account ' || account_id || ' has ' || balance AS what FROM odd_account WHERE balance < 0 OR folded < 0`,
    },
    {
      rule: 'every entry has its account, of its currency',
      sql: `SELECT 'entry ' || entry_position || ' of account ' || account_id AS what
        FROM odd_account JOIN audit_journal AS entry USING (account_id)
        WHERE odd_account.currency IS DISTINCT FROM entry.currency`,
    },
  ],
};
