import { accountRules } from './account-rules.ts';
import { conversionRules } from './conversion-rules.ts';
import { journalRules } from './journal-rules.ts';
import type { LedgerRule, RuleGroup } from './ledger-rule.ts';

const orderRules: readonly LedgerRule[] = [
  {
    rule: 'what a shipment was captured, released and refunded is what its journals say',
    sql: `SELECT 'shipment ' || coalesce(escrow.shipment_id, substr(booked.account_id, 8)) AS what
      FROM (SELECT * FROM audit_escrow WHERE captured > 0) AS escrow
      FULL JOIN (
        SELECT account_id,
          -coalesce(sum(amount) FILTER (WHERE kind = 'CAPTURE'), 0) AS captured,
          coalesce(sum(amount) FILTER (WHERE kind = 'RELEASE'), 0) AS released,
          coalesce(sum(amount) FILTER (WHERE kind = 'REFUND'), 0) AS refunded
        FROM audit_journal JOIN audit_journal_head USING (journal_id)
        WHERE account_id LIKE 'escrow:%' GROUP BY account_id
      ) AS booked ON booked.account_id = 'escrow:' || escrow.shipment_id
      WHERE (escrow.captured, escrow.released, escrow.refunded)
        IS DISTINCT FROM (booked.captured, booked.released, booked.refunded)`,
  },
  {
    rule: 'the commission of an order’s shipments is what its journals say',
    sql: `SELECT 'order ' || order_id || ' has ' || coalesce(booked.commission, 0) || ' in the books, its shipments '
        || coalesce(kept.commission, 0) AS what
      FROM (SELECT order_id, sum(commission)::bigint AS commission FROM audit_escrow GROUP BY order_id) AS kept
      FULL JOIN (
        SELECT order_id, -sum(amount)::bigint AS commission FROM audit_journal JOIN audit_journal_head USING (journal_id)
        WHERE account_id LIKE 'platform:fees:%' GROUP BY order_id
      ) AS booked USING (order_id)
      WHERE coalesce(kept.commission, 0) <> coalesce(booked.commission, 0)`,
  },
  {
    rule: 'the commission on a shipment is that on what its seller has kept, rounded half to even',
    sql: `SELECT 'shipment ' || shipment_id || ' has a commission of ' || commission || ' on ' || released - reclaimed AS what
      FROM audit_escrow, LATERAL (SELECT (released - reclaimed)::numeric * commission_rate AS points) AS due
      WHERE commission <> div(points, 10000) + CASE
        WHEN mod(points, 10000) > 5000 THEN 1
        WHEN mod(points, 10000) = 5000 THEN mod(div(points, 10000), 2)
        ELSE 0 END`,
  },
  {
    rule: 'an order is captured once at most',
    sql: `SELECT 'order ' || order_id || ' has ' || count(*) || ' captures' AS what FROM audit_journal_head
      WHERE kind = 'CAPTURE' GROUP BY order_id HAVING count(*) > 1`,
  },
  {
    rule: 'an order is never refunded more than was captured',
    sql: `SELECT 'order ' || order_id || ' has ' || refunded_minor || ' of ' || captured_minor || ' back' AS what
      FROM audit_payment WHERE refunded_minor > captured_minor`,
  },
  {
    rule: 'idempotency keys are unique',
    sql: `SELECT 'key ' || idempotency_key AS what FROM audit_journal_head GROUP BY idempotency_key HAVING count(*) > 1`,
  },
  {
    rule: 'what is written off of a claim is what an administrator said',
    sql: `SELECT 'write-off ' || coalesce(said.key, booked.key) AS what
      FROM (
        SELECT 'write-off:' || write_off_id AS key, 'claims:' || user_id || ':' || currency AS account_id, -amount AS amount,
          'user:' || written_off_by AS actor
        FROM audit_claim_write_off
      ) AS said
      FULL JOIN (
        SELECT idempotency_key AS key, account_id, amount, actor FROM audit_journal JOIN audit_journal_head USING (journal_id)
        WHERE kind = 'WRITE_OFF' AND account_id LIKE 'claims:%'
      ) AS booked USING (key)
      WHERE (said.account_id, said.amount, said.actor) IS DISTINCT FROM (booked.account_id, booked.amount, booked.actor)`,
  },
  {
    rule: 'every journal of an order has its payment',
    sql: `SELECT 'journal ' || journal_id || ' of order ' || order_id AS what FROM audit_journal_head head
      WHERE order_id IS NOT NULL AND NOT EXISTS (SELECT FROM audit_payment WHERE audit_payment.order_id = head.order_id)`,
  },
];

const escrowHeld: RuleGroup = {
  // Once for all: asked of each shipment's account alone, what has been added to any is added up again for each.
  shared: `held AS MATERIALIZED (SELECT account_id, balance FROM audit_account WHERE account_id LIKE 'escrow:%')`,
  rules: [
    {
      rule: 'escrow held per shipment is what was captured, less what was released and refunded',
      sql: `SELECT 'shipment ' || shipment_id || ' holds ' || coalesce(balance, 0) || ' of ' || captured || ' − ' || released || ' − '
          || refunded AS what
        FROM audit_escrow LEFT JOIN held ON account_id = 'escrow:' || shipment_id
        WHERE coalesce(balance, 0) <> captured - released - refunded`,
    },
  ],
};

/** What holds of the books at every moment, whatever is on its way; what takes longest first. */
export const ruleGroups: readonly RuleGroup[] = [
  journalRules,
  accountRules,
  escrowHeld,
  ...[...conversionRules, ...orderRules].map((rule) => ({ rules: [rule] })),
];
