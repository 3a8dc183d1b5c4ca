-- As before, but what comes into shared accounts is one statement, however many they are.
CREATE OR REPLACE FUNCTION apply_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  entry record;
BEGIN
  IF EXISTS (
    SELECT FROM added JOIN journals ON journals.id = added.journal_id
    WHERE journals.transaction_id <> (pg_current_xact_id()::text)::bigint
  ) THEN
    RAISE EXCEPTION 'a journal takes no entry after its transaction' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR entry IN
    WITH moved AS (
      SELECT account_id, shared, sum(CASE WHEN grows_by_debits(kind) THEN amount ELSE -amount END)::bigint AS amount
      FROM added JOIN accounts ON accounts.id = account_id
      GROUP BY account_id, shared
    ), beside AS (
      INSERT INTO balance_additions (account_id, amount)
      SELECT account_id, amount FROM moved WHERE shared AND amount > 0 ORDER BY account_id COLLATE "C"
    )
    SELECT account_id, shared, amount FROM moved WHERE NOT shared OR amount < 0 ORDER BY account_id COLLATE "C"
  LOOP
    IF NOT entry.shared THEN
      UPDATE accounts SET balance = balance + entry.amount WHERE id = entry.account_id;
    ELSE
      PERFORM FROM accounts WHERE id = entry.account_id FOR NO KEY UPDATE;
      PERFORM fold_additions(entry.account_id, -entry.amount);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
