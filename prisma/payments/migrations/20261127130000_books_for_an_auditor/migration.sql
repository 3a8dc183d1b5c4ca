-- AlterTable
ALTER TABLE "accounts" ADD COLUMN "shared" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "journals" ADD COLUMN "actor" TEXT NOT NULL DEFAULT 'payments',
ADD COLUMN "event_id" TEXT,
ADD COLUMN "position" BIGSERIAL NOT NULL,
ADD COLUMN "transaction_id" BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint;

-- CreateTable
CREATE TABLE "balance_additions" (
    "position" BIGSERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "balance_additions_pkey" PRIMARY KEY ("account_id","position")
);

-- CreateTable
CREATE TABLE "seals" (
    "number" BIGINT NOT NULL,
    "from_transaction" BIGINT NOT NULL,
    "until_transaction" BIGINT NOT NULL,
    "first_position" BIGINT NOT NULL,
    "last_position" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,
    "positions" BIGINT[],
    "digests" BYTEA NOT NULL,
    "hash" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "seals_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE UNIQUE INDEX "journals_position_key" ON "journals"("position");

-- CreateIndex
CREATE INDEX "journals_transaction_id_position_idx" ON "journals"("transaction_id", "position");



-- What the tables cannot say alone.

UPDATE accounts SET shared = true WHERE id LIKE 'wallet:%' OR id LIKE 'provider:%';

ALTER TABLE accounts DROP CONSTRAINT accounts_kind_check;
ALTER TABLE accounts ADD CHECK (kind IN ('ASSET', 'LIABILITY', 'INCOME', 'EXPENSE'));

ALTER TABLE journals DROP CONSTRAINT journals_kind_check;
ALTER TABLE journals
  ADD CHECK (kind IN ('CAPTURE', 'RELEASE', 'REFUND', 'REFUND_SETTLED', 'TOP_UP', 'WITHDRAWAL', 'PAYOUT', 'WRITE_OFF', 'LOSS'));

-- Of whatever came before this, nobody asks.
ALTER TABLE entries ADD CONSTRAINT amount_is_within_bounds CHECK (abs(amount) <= 1000000000000) NOT VALID;

ALTER TABLE balance_additions ADD CONSTRAINT additions_only_add CHECK (amount > 0);
-- Rows live for seconds: the dead are cleared by their number, not by their share.
ALTER TABLE balance_additions SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

ALTER TABLE seals
  ADD CHECK (number >= 1),
  ADD CHECK (until_transaction > from_transaction),
  ADD CHECK (count > 0 AND count = cardinality(positions) AND count * 32 = octet_length(digests)),
  ADD CHECK (hash ~ '^[0-9a-f]{64}$');

-- The balance of an account is its row and whatever has been added since, on the account's own side.

CREATE FUNCTION grows_by_debits(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN kind IN ('ASSET', 'EXPENSE');

-- Whoever calls it has the account's row.
CREATE FUNCTION fold_additions(account text, taken bigint) RETURNS bigint LANGUAGE sql AS $$
  WITH folded AS (DELETE FROM balance_additions WHERE account_id = account RETURNING amount),
    total AS (SELECT coalesce(sum(amount), 0)::bigint AS added, count(*) AS rows FROM folded),
    changed AS (UPDATE accounts SET balance = balance + added - taken FROM total WHERE id = account)
  SELECT rows FROM total
$$;

-- What comes into a shared account is added beside its row, so that nobody waits for another; what leaves one takes the row,
-- folds in what has been added, and is held to its constraint. Rows are taken in the order of their ids.
DROP TRIGGER apply_entry ON entries;
DROP FUNCTION apply_entry();
CREATE FUNCTION apply_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
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
    SELECT account_id, shared, sum(CASE WHEN grows_by_debits(kind) THEN amount ELSE -amount END)::bigint AS amount
    FROM added JOIN accounts ON accounts.id = account_id
    GROUP BY account_id, shared ORDER BY account_id COLLATE "C"
  LOOP
    IF NOT entry.shared THEN
      UPDATE accounts SET balance = balance + entry.amount WHERE id = entry.account_id;
    ELSIF entry.amount > 0 THEN
      INSERT INTO balance_additions (account_id, amount) VALUES (entry.account_id, entry.amount);
    ELSIF entry.amount < 0 THEN
      PERFORM FROM accounts WHERE id = entry.account_id FOR NO KEY UPDATE;
      PERFORM fold_additions(entry.account_id, -entry.amount);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE TRIGGER apply_entries AFTER INSERT ON entries REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION apply_entries();

-- Folds what has been added to up to so many accounts, without waiting for anybody; says how many rows.
CREATE FUNCTION fold_balances(most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  account text;
  rows bigint := 0;
BEGIN
  FOR account IN SELECT DISTINCT account_id FROM balance_additions ORDER BY account_id LIMIT most LOOP
    PERFORM FROM accounts WHERE id = account FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
      rows := rows + fold_additions(account, 0);
    END IF;
  END LOOP;
  RETURN rows;
END $$;

-- One journal with its accounts. POSTED; KNOWN when the books have it already; OTHER_CONTENT when its key names another
-- journal; WRONG_CURRENCY when an account is kept in another currency. It has no rights but its caller's.
CREATE FUNCTION post_journal(
  journal text, kind text, cause text, order_id text, key text, event_id text, actor text,
  account_ids text[], kinds text[], currencies text[], owners text[], shareds boolean[], amounts bigint[]
) RETURNS text LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
#variable_conflict use_column
DECLARE
  earlier record;
BEGIN
  INSERT INTO accounts (id, kind, currency, owner_id, shared)
  SELECT account.id, account.kind, account.currency, account.owner_id, account.shared
  FROM unnest(account_ids, kinds, currencies, owners, shareds) AS account (id, kind, currency, owner_id, shared)
  ORDER BY account.id COLLATE "C"
  -- Whichever of its two unique indexes is the first to see another who makes it.
  ON CONFLICT DO NOTHING;
  IF EXISTS (
    SELECT FROM unnest(account_ids, currencies) AS wanted (id, currency) JOIN accounts ON accounts.id = wanted.id
    WHERE accounts.currency <> wanted.currency
  ) THEN
    RETURN 'WRONG_CURRENCY';
  END IF;
  INSERT INTO journals (id, kind, cause, order_id, idempotency_key, event_id, actor)
  VALUES (post_journal.journal, post_journal.kind, post_journal.cause, post_journal.order_id, post_journal.key,
    post_journal.event_id, post_journal.actor)
  ON CONFLICT (idempotency_key) DO NOTHING;
  IF NOT FOUND THEN
    SELECT INTO earlier journals.id,
      journals.kind = post_journal.kind AND journals.cause = post_journal.cause
        AND journals.order_id IS NOT DISTINCT FROM post_journal.order_id AS same
    FROM journals WHERE journals.idempotency_key = post_journal.key;
    IF NOT earlier.same OR EXISTS (
      SELECT FROM (SELECT account_id, amount FROM entries WHERE entries.journal_id = earlier.id) AS kept
      FULL JOIN unnest(account_ids, amounts) AS wanted (account_id, amount) USING (account_id, amount)
      WHERE num_nulls(kept.account_id, wanted.account_id) > 0
    ) THEN
      RETURN 'OTHER_CONTENT';
    END IF;
    RETURN 'KNOWN';
  END IF;
  INSERT INTO entries (journal_id, account_id, currency, amount)
  SELECT post_journal.journal, entry.account_id, entry.currency, entry.amount
  FROM unnest(account_ids, currencies, amounts) AS entry (account_id, currency, amount)
  ORDER BY entry.account_id COLLATE "C";
  RETURN 'POSTED';
END $$;

-- Seals follow one another, and take nothing that may still be joined by another.

CREATE FUNCTION check_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  previous record;
BEGIN
  SELECT INTO previous number, until_transaction FROM seals ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(previous.number, 0) + 1 OR NEW.from_transaction <> coalesce(previous.until_transaction, 0) THEN
    RAISE EXCEPTION 'seal % does not follow seal %', NEW.number, previous.number USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.until_transaction > (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint THEN
    RAISE EXCEPTION 'transactions before % have not all ended', NEW.until_transaction USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER follows BEFORE INSERT ON seals FOR EACH ROW EXECUTE FUNCTION check_seal();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who writes what: never a balance, a position, a transaction or a time.

GRANT INSERT (id, kind, currency, owner_id, shared) ON accounts TO emporium_payments;
REVOKE INSERT ON journals, entries FROM emporium_payments;
GRANT INSERT (id, kind, cause, order_id, idempotency_key, event_id, actor) ON journals TO emporium_payments;
GRANT INSERT (journal_id, account_id, currency, amount) ON entries TO emporium_payments;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON balance_additions, seals FROM emporium_payments;
GRANT INSERT (number, from_transaction, until_transaction, first_position, last_position, count, positions, digests, hash)
  ON seals TO emporium_payments;
REVOKE EXECUTE ON FUNCTION fold_additions(text, bigint) FROM emporium_payments;

-- What the auditor may see.

CREATE OR REPLACE VIEW audit_journal AS
  SELECT journal_id, account_id, entries.currency, amount, entries.position AS entry_position, journals.id IS NOT NULL AS has_journal
  FROM entries LEFT JOIN journals ON journals.id = entries.journal_id;

CREATE VIEW audit_journal_head AS
  SELECT id AS journal_id, position, transaction_id, kind, cause, order_id, idempotency_key, event_id, actor, at FROM journals;

CREATE VIEW audit_account AS
  SELECT id AS account_id, kind, currency, owner_id, shared, balance + coalesce(added, 0)::bigint AS balance, balance AS folded
  FROM accounts LEFT JOIN (SELECT account_id, sum(amount) AS added FROM balance_additions GROUP BY account_id) additions
    ON additions.account_id = accounts.id;

CREATE OR REPLACE VIEW audit_balance AS
  SELECT account_id, kind, currency, balance,
    (CASE WHEN kind IN ('ASSET', 'EXPENSE') THEN 1 ELSE -1 END * coalesce(debits, 0))::bigint AS entries_sum
  FROM audit_account
  LEFT JOIN (SELECT account_id, sum(amount) AS debits FROM entries GROUP BY account_id) moved USING (account_id);

CREATE OR REPLACE VIEW audit_escrow AS
  SELECT shipment_id, order_id, captured, released, refunded, coalesce(audit_account.balance, 0) AS held
  FROM escrows LEFT JOIN audit_account ON audit_account.account_id = 'escrow:' || shipment_id;

CREATE VIEW audit_seal AS
  SELECT number, from_transaction, until_transaction, first_position, last_position, count, positions, digests, hash, sealed_at
  FROM seals;

REVOKE ALL ON audit_account, audit_seal FROM emporium_payments;
GRANT SELECT ON audit_journal_head, audit_account, audit_seal TO emporium_auditor;
-- The service seals what the auditor reads: one statement for both.
REVOKE ALL ON audit_journal_head FROM emporium_payments;
GRANT SELECT ON audit_journal_head, audit_journal TO emporium_payments;
