-- What the platform gave back for a seller who had it no more is theirs to make good.
ALTER TABLE journals DROP CONSTRAINT journals_kind_check;
ALTER TABLE journals ADD CHECK (kind IN ('CAPTURE', 'RELEASE', 'REFUND', 'REFUND_SETTLED', 'TOP_UP', 'WITHDRAWAL', 'PAYOUT',
  'WRITE_OFF', 'LOSS', 'ADVANCE', 'RECOVERY', 'RECONCILIATION'));

CREATE INDEX accounts_claims ON accounts (id) WHERE id LIKE 'claims:%';

-- As before, with what is claimed of sellers who were paid in another currency.
CREATE OR REPLACE VIEW audit_conversion AS
  SELECT journal_id, kind, order_id, from_currency, to_currency, rate_date, present_date,
    split_part(rate, '/', 1)::numeric AS rate_numerator, split_part(rate, '/', 2)::numeric AS rate_denominator,
    split_part(present, '/', 1)::numeric AS present_numerator, split_part(present, '/', 2)::numeric AS present_denominator,
    direction * coalesce(-sum(amount) FILTER (WHERE account_id LIKE 'fx:%' AND currency = from_currency), 0) AS source,
    direction * coalesce(sum(amount) FILTER (WHERE account_id LIKE 'fx:%' AND currency = to_currency), 0) AS value,
    direction * coalesce(-sum(amount) FILTER (
      WHERE account_id ~ '^(wallet|claims|platform:loss):' AND currency = to_currency), 0) AS target
  FROM (
    SELECT id AS journal_id, kind, order_id, conversion ->> 'from' AS from_currency, conversion ->> 'to' AS to_currency,
      conversion ->> 'rate' AS rate, (conversion ->> 'rateDate')::date AS rate_date,
      conversion ->> 'present' AS present, (conversion ->> 'presentDate')::date AS present_date,
      CASE kind WHEN 'RELEASE' THEN 1 ELSE -1 END AS direction
    FROM journals WHERE conversion IS NOT NULL
  ) AS converting LEFT JOIN entries USING (journal_id)
  GROUP BY journal_id, kind, order_id, from_currency, to_currency, rate, rate_date, present, present_date, direction;
