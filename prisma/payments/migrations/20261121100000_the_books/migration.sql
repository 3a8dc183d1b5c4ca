-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "owner_id" TEXT,
    "balance" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journals" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "order_id" TEXT,
    "idempotency_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entries" (
    "position" BIGSERIAL NOT NULL,
    "journal_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "entries_pkey" PRIMARY KEY ("journal_id","account_id")
);

-- CreateTable
CREATE TABLE "payments" (
    "order_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "buyer_id" TEXT,
    "method" TEXT,
    "currency" TEXT,
    "amount" BIGINT,
    "captured" BIGINT NOT NULL DEFAULT 0,
    "refunding" BIGINT NOT NULL DEFAULT 0,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "decline_reason" TEXT,
    "provider_capture_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "escrows" (
    "shipment_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "captured" BIGINT NOT NULL DEFAULT 0,
    "released" BIGINT NOT NULL DEFAULT 0,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "shipped_at" TIMESTAMPTZ(3),

    CONSTRAINT "escrows_pkey" PRIMARY KEY ("shipment_id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wallet_requests" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wallet_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_calls" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "token" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "provider_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "position" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),
    "stream_sequence" BIGINT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "parked_messages" (
    "id" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "parked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolution" TEXT,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "parked_messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "accounts_owner_id_idx" ON "accounts"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_id_currency_key" ON "accounts"("id", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "journals_idempotency_key_key" ON "journals"("idempotency_key");

-- CreateIndex
CREATE INDEX "journals_order_id_idx" ON "journals"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "entries_position_key" ON "entries"("position");

-- CreateIndex
CREATE INDEX "entries_account_id_position_idx" ON "entries"("account_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "payments_id_key" ON "payments"("id");

-- CreateIndex
CREATE UNIQUE INDEX "payments_provider_capture_id_key" ON "payments"("provider_capture_id");

-- CreateIndex
CREATE INDEX "payments_buyer_id_idx" ON "payments"("buyer_id");

-- CreateIndex
CREATE INDEX "escrows_order_id_idx" ON "escrows"("order_id");

-- CreateIndex
CREATE INDEX "refunds_order_id_idx" ON "refunds"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "wallet_requests_user_id_idempotency_key_key" ON "wallet_requests"("user_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "provider_calls_due_at_idx" ON "provider_calls"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_position_key" ON "outbox"("position");

-- CreateIndex
CREATE UNIQUE INDEX "parked_messages_consumer_event_id_key" ON "parked_messages"("consumer", "event_id");

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_journal_id_fkey" FOREIGN KEY ("journal_id") REFERENCES "journals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_account_id_currency_fkey" FOREIGN KEY ("account_id", "currency") REFERENCES "accounts"("id", "currency") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escrows" ADD CONSTRAINT "escrows_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "payments"("order_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "payments"("order_id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What the tables cannot say alone.

ALTER TABLE accounts
  ADD CHECK (kind IN ('ASSET', 'LIABILITY')),
  ADD CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT balance_is_never_negative CHECK (balance >= 0);

ALTER TABLE journals
  ADD CHECK (kind IN ('CAPTURE', 'RELEASE', 'REFUND', 'REFUND_SETTLED', 'TOP_UP', 'WITHDRAWAL', 'PAYOUT'));

ALTER TABLE entries ADD CHECK (amount <> 0);

ALTER TABLE payments
  ADD CHECK (status IN ('PENDING', 'CAPTURING', 'CAPTURED', 'DECLINED', 'VOIDED')),
  ADD CHECK (method IN ('CARD', 'WALLET')),
  ADD CHECK (decline_reason IN ('CARD_DECLINED', 'INSUFFICIENT_FUNDS', 'PROVIDER_ERROR')),
  ADD CHECK (amount > 0),
  ADD CHECK (num_nulls(buyer_id, method, currency, amount) IN (0, 4)),
  ADD CHECK (status = 'VOIDED' OR amount IS NOT NULL),
  ADD CHECK (captured = CASE status WHEN 'CAPTURED' THEN amount ELSE 0 END),
  ADD CONSTRAINT refunds_never_exceed_the_capture
    CHECK (refunding >= 0 AND refunded >= 0 AND refunding + refunded <= captured);

ALTER TABLE escrows
  ADD CHECK (state IN ('EXPECTED', 'HELD', 'RELEASED', 'REFUNDED')),
  ADD CHECK (amount >= 0),
  ADD CHECK (captured = CASE state WHEN 'EXPECTED' THEN 0 ELSE amount END),
  ADD CHECK (released = CASE state WHEN 'RELEASED' THEN amount ELSE 0 END),
  ADD CHECK (refunded = CASE state WHEN 'REFUNDED' THEN amount ELSE 0 END);

ALTER TABLE refunds ADD CHECK (amount > 0);

ALTER TABLE wallet_requests
  ADD CHECK (kind IN ('TOP_UP', 'WITHDRAWAL')),
  ADD CHECK (status IN ('PENDING', 'DONE', 'DECLINED')),
  ADD CHECK (amount > 0);

ALTER TABLE provider_calls ADD CHECK (kind IN ('CAPTURE', 'REFUND', 'TOP_UP', 'PAYOUT'));

CREATE INDEX outbox_unpublished ON outbox (position) WHERE published_at IS NULL;
CREATE INDEX escrows_on_the_clock ON escrows (shipped_at) WHERE state = 'HELD' AND shipped_at IS NOT NULL;
CREATE INDEX escrows_held_for_seller ON escrows (seller_id) WHERE state = 'HELD';

-- The books: a balance moves only by an entry, and no journal is kept that does not sum to zero.

CREATE FUNCTION apply_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE accounts
  SET balance = balance + CASE kind WHEN 'ASSET' THEN NEW.amount ELSE -NEW.amount END
  WHERE id = NEW.account_id;
  RETURN NULL;
END $$;

CREATE TRIGGER apply_entry AFTER INSERT ON entries FOR EACH ROW EXECUTE FUNCTION apply_entry();

CREATE FUNCTION check_journal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  journal text;
BEGIN
  IF TG_TABLE_NAME = 'journals' THEN
    journal := NEW.id;
    IF NOT EXISTS (SELECT FROM entries WHERE journal_id = journal) THEN
      RAISE EXCEPTION 'journal % has no entries', journal USING ERRCODE = 'check_violation';
    END IF;
  ELSE
    journal := NEW.journal_id;
    IF EXISTS (SELECT FROM entries WHERE journal_id = journal GROUP BY currency HAVING sum(amount) <> 0) THEN
      RAISE EXCEPTION 'journal % does not sum to zero', journal USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER journal_has_entries AFTER INSERT ON journals
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_journal();
CREATE CONSTRAINT TRIGGER journal_sums_to_zero AFTER INSERT ON entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_journal();

-- Not even the owner rewrites history.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON accounts FROM emporium_payments;
GRANT INSERT (id, kind, currency, owner_id) ON accounts TO emporium_payments;
REVOKE UPDATE, DELETE, TRUNCATE ON journals, entries FROM emporium_payments;

-- What the auditor may see.

CREATE VIEW audit_journal AS
  SELECT journal_id, account_id, currency, amount FROM entries;

CREATE VIEW audit_balance AS
  SELECT accounts.id AS account_id, accounts.kind, accounts.currency, accounts.balance,
    coalesce(sum(CASE accounts.kind WHEN 'ASSET' THEN entries.amount ELSE -entries.amount END), 0)::bigint AS entries_sum
  FROM accounts LEFT JOIN entries ON entries.account_id = accounts.id
  GROUP BY accounts.id;

CREATE VIEW audit_escrow AS
  SELECT shipment_id, order_id, captured, released, refunded, coalesce(accounts.balance, 0) AS held
  FROM escrows LEFT JOIN accounts ON accounts.id = 'escrow:' || shipment_id;

CREATE VIEW audit_payment AS
  SELECT payments.order_id, payments.id AS payment_id,
    CASE
      WHEN status = 'CAPTURING' THEN 'PENDING'
      WHEN status = 'CAPTURED' AND refunded = captured THEN 'REFUNDED'
      WHEN status = 'CAPTURED' AND refunded > 0 THEN 'PARTIALLY_REFUNDED'
      ELSE status
    END AS status,
    captured AS captured_minor, refunded AS refunded_minor, currency,
    (SELECT count(*)::int FROM journals WHERE journals.order_id = payments.order_id AND journals.kind = 'CAPTURE') AS captures
  FROM payments;

CREATE VIEW audit_outbox AS
  SELECT id AS event_id, subject, aggregate_id, envelope ->> 'correlationId' AS correlation_id, created_at, published_at,
    stream_sequence
  FROM outbox;

CREATE VIEW audit_inbox AS
  SELECT consumer, event_id, handled_at FROM inbox;

CREATE VIEW audit_parked AS
  SELECT consumer, event_id, subject, reason, resolution FROM parked_messages;

REVOKE ALL ON audit_journal, audit_balance, audit_escrow, audit_payment, audit_outbox, audit_inbox, audit_parked
  FROM emporium_payments;
GRANT USAGE ON SCHEMA payments TO emporium_auditor;
GRANT SELECT ON audit_journal, audit_balance, audit_escrow, audit_payment, audit_outbox, audit_inbox, audit_parked
  TO emporium_auditor;
