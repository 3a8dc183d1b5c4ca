-- What the card provider reports of a day is kept, and compared with the books.

-- CreateTable
CREATE TABLE "reconciliation_runs" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "failure" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reconciliation_runs_provider_day_idx" ON "reconciliation_runs"("provider", "day");

-- CreateTable
CREATE TABLE "reported_movements" (
    "position" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "reported_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reported_movements_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE INDEX "reported_movements_run_id_idx" ON "reported_movements"("run_id");

-- CreateIndex
CREATE INDEX "reported_movements_key_idx" ON "reported_movements"("key");

-- CreateTable
CREATE TABLE "reconciliation_totals" (
    "run_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "movements" INTEGER NOT NULL,
    "reported" BIGINT NOT NULL,
    "booked" BIGINT NOT NULL,

    CONSTRAINT "reconciliation_totals_pkey" PRIMARY KEY ("run_id","outcome","currency")
);

-- CreateTable
CREATE TABLE "reconciliation_cases" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "movement" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "reported_id" TEXT,
    "reported_currency" TEXT,
    "reported_amount" BIGINT,
    "reported_at" TIMESTAMPTZ(3),
    "journal_id" TEXT,
    "booked_currency" TEXT,
    "booked_amount" BIGINT,
    "booked_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'OPEN',
    "reason" TEXT,
    "closed_by" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "seen_in" TEXT NOT NULL,

    CONSTRAINT "reconciliation_cases_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reconciliation_cases_day_id_idx" ON "reconciliation_cases"("day", "id");

-- What the tables cannot say alone.

ALTER TABLE reconciliation_runs
  ADD CHECK (status IN ('RUNNING', 'FINISHED', 'FAILED')),
  ADD CHECK ((status = 'RUNNING') = (finished_at IS NULL)),
  ADD CHECK ((status = 'FAILED') = (failure IS NOT NULL));
ALTER TABLE reported_movements
  ADD FOREIGN KEY (run_id) REFERENCES reconciliation_runs (id) ON DELETE CASCADE,
  ADD CHECK (kind IN ('CAPTURE', 'REFUND', 'PAYOUT')),
  ADD CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CHECK (amount > 0);
ALTER TABLE reconciliation_totals
  ADD FOREIGN KEY (run_id) REFERENCES reconciliation_runs (id) ON DELETE CASCADE,
  ADD CHECK (outcome IN ('MATCHED', 'IN_FLIGHT', 'MISSING_HERE', 'MISSING_THERE', 'AMOUNT_DIFFERS', 'DUPLICATE'));
ALTER TABLE reconciliation_cases
  ADD CHECK (kind IN ('MISSING_HERE', 'MISSING_THERE', 'AMOUNT_DIFFERS', 'DUPLICATE')),
  ADD CHECK (movement IN ('CAPTURE', 'REFUND', 'PAYOUT')),
  ADD CHECK (num_nulls(reported_id, reported_currency, reported_amount, reported_at) IN (0, 4)),
  ADD CHECK (num_nulls(journal_id, booked_currency, booked_amount, booked_at) IN (0, 4)),
  ADD CHECK ((reported_id IS NULL) = (kind = 'MISSING_THERE')),
  ADD CHECK (reported_id IS NOT NULL OR journal_id IS NOT NULL),
  ADD CHECK (status IN ('OPEN', 'RESOLVED', 'ACCEPTED')),
  ADD CHECK ((status = 'OPEN') = (closed_at IS NULL)),
  -- A person says why; a run that finds it matched is nobody's word.
  ADD CHECK (num_nulls(closed_by, reason) IN (0, 2)),
  ADD CHECK (status <> 'ACCEPTED' OR closed_by IS NOT NULL);
CREATE UNIQUE INDEX one_case_per_difference ON reconciliation_cases (provider, day, kind, movement, key, coalesce(reported_id, ''));
CREATE INDEX open_cases ON reconciliation_cases (day) WHERE status = 'OPEN';
-- Journals of a day lie together.
CREATE INDEX journals_at_idx ON journals USING brin (at);

ALTER TABLE journals DROP CONSTRAINT journals_kind_check;
ALTER TABLE journals ADD CHECK (kind IN ('CAPTURE', 'RELEASE', 'REFUND', 'REFUND_SETTLED', 'TOP_UP', 'WITHDRAWAL', 'PAYOUT',
  'WRITE_OFF', 'LOSS', 'RECONCILIATION'));

-- Whatever a person has said of a case stays as it was said, for the owner too.
CREATE FUNCTION keep_what_was_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a case that a person has closed is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER closed_by_a_person BEFORE UPDATE ON reconciliation_cases
  FOR EACH ROW WHEN (OLD.closed_by IS NOT NULL) EXECUTE FUNCTION keep_what_was_said();
REVOKE DELETE, TRUNCATE ON reconciliation_cases FROM emporium_payments;

-- What the auditor may see.
CREATE VIEW audit_reconciliation_case AS
  SELECT id AS case_id, provider, day, kind, movement, key, reported_id, reported_currency, reported_amount, journal_id,
    booked_currency, booked_amount, status, reason, closed_by, closed_at, opened_at
  FROM reconciliation_cases;
REVOKE ALL ON audit_reconciliation_case FROM emporium_payments;
GRANT SELECT ON audit_reconciliation_case TO emporium_auditor;
