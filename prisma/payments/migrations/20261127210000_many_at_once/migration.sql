-- What arrives together is kept together: turns, payments and journals, as many as there are, in one statement each.

-- Waits until nobody else has the named things, and has them until the transaction ends. All take theirs in one order, so that
-- nobody waits in a circle.
CREATE FUNCTION take_turns(names text[]) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(turn)
  FROM (SELECT DISTINCT hashtextextended(name, 0) AS turn FROM unnest(names) AS name ORDER BY turn) AS turns
$$;

-- The payments of these orders, which nobody else has until the transaction ends, there or not: read after the wait.
CREATE FUNCTION payments_in_turn(orders text[]) RETURNS SETOF payments LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM take_turns(ARRAY(SELECT 'payment:' || id FROM unnest(orders) AS id));
  RETURN QUERY SELECT * FROM payments WHERE order_id = ANY (orders);
END $$;

-- Journals with their accounts, one word each, in their order: POSTED; KNOWN when the books have it already; OTHER_CONTENT when
-- its key names another journal; WRONG_CURRENCY when an account is kept in another currency. An entry says the number of its
-- journal, from 1. It has no rights but its caller's.
DROP FUNCTION post_journal;
CREATE FUNCTION post_journals(
  ids text[], kinds text[], causes text[], order_ids text[], keys text[], event_ids text[], actors text[],
  numbers integer[], account_ids text[], account_kinds text[], currencies text[], owners text[], shareds boolean[], amounts bigint[]
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
    INSERT INTO journals (id, kind, cause, order_id, idempotency_key, event_id, actor)
    SELECT wanted.id, wanted.kind, wanted.cause, wanted.order_id, wanted.key, wanted.event_id, wanted.actor
    FROM unnest(ids, kinds, causes, order_ids, keys, event_ids, actors) WITH ORDINALITY
      AS wanted (id, kind, cause, order_id, key, event_id, actor, number)
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
    FROM unnest(ids, kinds, causes, order_ids, keys) WITH ORDINALITY AS wanted (id, kind, cause, order_id, key, number)
    LEFT JOIN journals AS earlier ON earlier.idempotency_key = wanted.key
    ORDER BY wanted.number
  );
END $$;
