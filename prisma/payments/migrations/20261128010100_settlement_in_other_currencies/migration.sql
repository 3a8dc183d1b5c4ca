-- What a seller is paid in another currency than the sale's, and at which rate.

-- AlterTable
ALTER TABLE "escrows" ADD COLUMN "settles_in" TEXT,
ADD COLUMN "rate_numerator" BIGINT,
ADD COLUMN "rate_denominator" BIGINT,
ADD COLUMN "rate_date" DATE,
ADD COLUMN "settled" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "journals" ADD COLUMN "conversion" JSONB;

-- What the tables cannot say alone.

ALTER TABLE escrows
  ADD CHECK (num_nulls(settles_in, rate_numerator, rate_denominator, rate_date) IN (0, 4)),
  ADD CHECK (settles_in ~ '^[A-Z]{3}$' AND settles_in <> currency),
  ADD CHECK (rate_numerator > 0 AND rate_denominator > 0),
  ADD CONSTRAINT escrows_settled_of_what_was_released
    CHECK (settled >= 0 AND (settled = 0 OR (settles_in IS NOT NULL AND state = 'RELEASED')));
-- Of "3/2" the first number is minor units of `to`, the second of `from`.
ALTER TABLE journals ADD CONSTRAINT conversions_say_their_rate CHECK (
  conversion IS NULL OR (
    conversion ->> 'from' ~ '^[A-Z]{3}$' AND conversion ->> 'to' ~ '^[A-Z]{3}$' AND conversion ->> 'from' <> conversion ->> 'to'
    AND conversion ->> 'rate' ~ '^[1-9][0-9]*/[1-9][0-9]*$' AND conversion ->> 'rateDate' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
    AND (conversion ->> 'present' IS NULL) = (conversion ->> 'presentDate' IS NULL)
    AND coalesce(conversion ->> 'present', '1/1') ~ '^[1-9][0-9]*/[1-9][0-9]*$'
  ) IS TRUE);
GRANT INSERT (conversion) ON journals TO emporium_payments;

-- As before; a journal may say a conversion, as JSON.
DROP FUNCTION post_journals;
CREATE FUNCTION post_journals(
  ids text[], kinds text[], causes text[], order_ids text[], keys text[], event_ids text[], actors text[],
  numbers integer[], account_ids text[], account_kinds text[], currencies text[], owners text[], shareds boolean[], amounts bigint[],
  conversions text[]
) RETURNS text[] LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
#variable_conflict use_column
DECLARE
  wrong integer[];
  posted text[];
BEGIN
  INSERT INTO accounts (id, kind, currency, owner_id, shared)
  SELECT DISTINCT ON (account.id COLLATE "C") account.id, account.kind, account.currency, account.owner_id, account.shared
  FROM unnest(account_ids, account_kinds, currencies, owners, shareds) WITH ORDINALITY
    AS account (id, kind, currency, owner_id, shared, ordinal)
  ORDER BY account.id COLLATE "C", ordinal
  -- Whichever of its two unique indexes is the first to see another who makes it.
  ON CONFLICT DO NOTHING;
  wrong := ARRAY(
    SELECT wanted.number FROM unnest(numbers, account_ids, currencies) AS wanted (number, id, currency)
    JOIN accounts ON accounts.id = wanted.id WHERE accounts.currency <> wanted.currency
  );
  WITH added AS (
    INSERT INTO journals (id, kind, cause, order_id, idempotency_key, event_id, actor, conversion)
    SELECT wanted.id, wanted.kind, wanted.cause, wanted.order_id, wanted.key, wanted.event_id, wanted.actor, wanted.conversion::jsonb
    FROM unnest(ids, kinds, causes, order_ids, keys, event_ids, actors, conversions) WITH ORDINALITY
      AS wanted (id, kind, cause, order_id, key, event_id, actor, conversion, number)
    WHERE wanted.number <> ALL (wrong)
    ORDER BY wanted.number
    ON CONFLICT (idempotency_key) DO NOTHING
    RETURNING id
  )
  SELECT INTO posted coalesce(array_agg(added.id), '{}') FROM added;
  INSERT INTO entries (journal_id, account_id, currency, amount)
  SELECT ids[entry.number], entry.account_id, entry.currency, entry.amount
  FROM unnest(numbers, account_ids, currencies, amounts) AS entry (number, account_id, currency, amount)
  WHERE ids[entry.number] = ANY (posted)
  ORDER BY entry.number, entry.account_id COLLATE "C";
  RETURN ARRAY(
    SELECT CASE
      WHEN wanted.number = ANY (wrong) THEN 'WRONG_CURRENCY'
      WHEN wanted.id = ANY (posted) THEN 'POSTED'
      WHEN earlier.kind = wanted.kind AND earlier.cause = wanted.cause AND earlier.order_id IS NOT DISTINCT FROM wanted.order_id
        AND earlier.conversion IS NOT DISTINCT FROM wanted.conversion::jsonb
        AND NOT EXISTS (
          SELECT FROM (SELECT account_id, amount FROM entries WHERE entries.journal_id = earlier.id) AS kept
          FULL JOIN (
            SELECT entry.account_id, entry.amount
            FROM unnest(numbers, account_ids, amounts) AS entry (number, account_id, amount) WHERE entry.number = wanted.number
          ) AS asked USING (account_id, amount)
          WHERE num_nulls(kept.account_id, asked.account_id) > 0
        ) THEN 'KNOWN'
      ELSE 'OTHER_CONTENT'
    END
    FROM unnest(ids, kinds, causes, order_ids, keys, conversions) WITH ORDINALITY
      AS wanted (id, kind, cause, order_id, key, conversion, number)
    LEFT JOIN journals AS earlier ON earlier.idempotency_key = wanted.key
    ORDER BY wanted.number
  );
END $$;

-- What the auditor may see.

CREATE OR REPLACE VIEW audit_journal_head AS
  SELECT id AS journal_id, position, transaction_id, kind, cause, order_id, idempotency_key, event_id, actor, at, conversion
  FROM journals;

CREATE OR REPLACE VIEW audit_escrow AS
  SELECT shipment_id, order_id, captured, released, refunded, coalesce(audit_account.balance, 0) AS held, reclaimed, frozen_by,
    commission_rate, commission, escrows.currency, settles_in, rate_numerator, rate_denominator, rate_date, settled
  FROM escrows LEFT JOIN audit_account ON audit_account.account_id = 'escrow:' || shipment_id;

-- A conversion's two sides: `source` was taken, `target` promised for it, and `value` what it was worth.
CREATE VIEW audit_conversion AS
  SELECT journal_id, kind, order_id, from_currency, to_currency, rate_date, present_date,
    split_part(rate, '/', 1)::numeric AS rate_numerator, split_part(rate, '/', 2)::numeric AS rate_denominator,
    split_part(present, '/', 1)::numeric AS present_numerator, split_part(present, '/', 2)::numeric AS present_denominator,
    direction * coalesce(-sum(amount) FILTER (WHERE account_id LIKE 'fx:%' AND currency = from_currency), 0) AS source,
    direction * coalesce(sum(amount) FILTER (WHERE account_id LIKE 'fx:%' AND currency = to_currency), 0) AS value,
    direction * coalesce(-sum(amount) FILTER (
      WHERE (account_id LIKE 'wallet:%' OR account_id LIKE 'platform:loss:%') AND currency = to_currency), 0) AS target
  FROM (
    SELECT id AS journal_id, kind, order_id, conversion ->> 'from' AS from_currency, conversion ->> 'to' AS to_currency,
      conversion ->> 'rate' AS rate, (conversion ->> 'rateDate')::date AS rate_date,
      conversion ->> 'present' AS present, (conversion ->> 'presentDate')::date AS present_date,
      CASE kind WHEN 'RELEASE' THEN 1 ELSE -1 END AS direction
    FROM journals WHERE conversion IS NOT NULL
  ) AS converting LEFT JOIN entries USING (journal_id)
  GROUP BY journal_id, kind, order_id, from_currency, to_currency, rate, rate_date, present, present_date, direction;
REVOKE ALL ON audit_conversion FROM emporium_payments;
GRANT SELECT ON audit_conversion TO emporium_auditor;
