/** What holds of money that became money of another currency. */
import type { LedgerRule } from './ledger-rule.ts';

/** A quotient of numerics that are not negative, rounded half to even. */
const halfEven = (numerator: string, denominator: string): string => {
  const [quotient, twice] = [`div(${numerator}, ${denominator})`, `2 * mod(${numerator}, ${denominator})`];
  return `(${quotient} + CASE WHEN ${twice} > ${denominator} THEN 1
    WHEN ${twice} = ${denominator} THEN mod(${quotient}, 2) ELSE 0 END)`;
};

const promised = halfEven('source * rate_numerator', 'rate_denominator');
const present = halfEven('source * present_numerator', 'present_denominator');
/** Shipments that were promised a rate, and those that a journal of conversion moved: of no other is there a rate to compare. */
const settledShipments = `SELECT shipment_id FROM audit_escrow
  WHERE num_nonnulls(settles_in, rate_numerator, rate_denominator, rate_date) > 0`;
const convertedShipments = `SELECT substr(account_id, 8) FROM audit_journal_head JOIN audit_journal USING (journal_id)
  WHERE conversion IS NOT NULL AND account_id LIKE 'escrow:%'`;
/** The most that one entry moves: what is worth more is valued as was promised. */
const highest = 10 ** 12;

export const conversionRules: readonly LedgerRule[] = [
  {
    rule: 'what a sale is converted to is what its rate makes of it, rounded half to even',
    sql: `SELECT 'journal ' || journal_id || ' gives ' || target || ' ' || to_currency || ' for ' || source || ' ' || from_currency
        || ', not ' || ${promised} AS what
      FROM audit_conversion WHERE kind = 'RELEASE' AND target <> ${promised}`,
  },
  {
    rule: 'what is converted is valued at the present rate, or without one as was promised',
    sql: `SELECT 'journal ' || journal_id || ' values ' || source || ' ' || from_currency || ' at ' || value AS what
      FROM audit_conversion
      WHERE value <> CASE WHEN ${present} <= ${highest} THEN ${present} ELSE target END OR source < 0 OR target < 0`,
  },
  {
    rule: 'a sale is converted at the rate that its shipment was promised',
    sql: `SELECT 'journal ' || journal_id || ' of shipment ' || shipment_id AS what
      FROM (${settledShipments} UNION ${convertedShipments}) AS converting
      JOIN audit_escrow USING (shipment_id)
      JOIN audit_journal ON account_id = 'escrow:' || shipment_id
      JOIN audit_journal_head USING (journal_id) LEFT JOIN audit_conversion USING (journal_id)
      WHERE audit_journal_head.kind = 'RELEASE'
        AND (to_currency, audit_conversion.rate_numerator, audit_conversion.rate_denominator, audit_conversion.rate_date)
          IS DISTINCT FROM
          (settles_in, audit_escrow.rate_numerator, audit_escrow.rate_denominator, audit_escrow.rate_date)`,
  },
  {
    rule: 'who is paid in another currency has of a shipment what its rate makes of what they kept',
    sql: `SELECT 'shipment ' || shipment_id || ' is settled with ' || settled || ' ' || settles_in AS what
      FROM audit_escrow, LATERAL (SELECT (released - reclaimed - commission)::numeric AS kept) AS own
      WHERE settles_in IS NOT NULL
        AND settled <> ${halfEven('kept * rate_numerator', 'rate_denominator')}`,
  },
  {
    rule: 'what sellers have of an order in their own currencies is what its journals say',
    sql: `SELECT 'order ' || order_id || ' has ' || coalesce(booked, 0) || ' in the books, its shipments '
        || coalesce(settled, 0) || ' ' || currency AS what
      FROM (
        SELECT order_id, settles_in AS currency, sum(settled) AS settled FROM audit_escrow
        WHERE settles_in IS NOT NULL GROUP BY order_id, settles_in
      ) AS kept
      FULL JOIN (
        SELECT order_id, to_currency AS currency, sum(CASE kind WHEN 'RELEASE' THEN target ELSE -target END) AS booked
        FROM audit_conversion GROUP BY order_id, to_currency
      ) AS booked USING (order_id, currency)
      WHERE coalesce(settled, 0) <> coalesce(booked, 0)`,
  },
  {
    rule: 'positions only grow: what was taken is never less, and what was given',
    sql: `SELECT 'entry ' || entry_position || ' of account ' || account_id AS what FROM audit_journal
      WHERE account_id LIKE 'fx:taken:%' AND amount > 0 OR account_id LIKE 'fx:given:%' AND amount < 0`,
  },
];
