-- What a user owes and will never make good is written off at an administrator's word.

-- CreateTable
CREATE TABLE "claim_write_offs" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "written_off_by" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "claim_write_offs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "claim_write_offs_written_off_by_idempotency_key_key" ON "claim_write_offs"("written_off_by", "idempotency_key");

-- What the table cannot say alone.
ALTER TABLE claim_write_offs ADD CHECK (currency ~ '^[A-Z]{3}$'), ADD CHECK (amount > 0);
REVOKE UPDATE, DELETE, TRUNCATE ON claim_write_offs FROM emporium_payments;

-- What the auditor may see.
CREATE VIEW audit_claim_write_off AS
  SELECT id AS write_off_id, user_id, currency, amount, reason, written_off_by, at FROM claim_write_offs;
REVOKE ALL ON audit_claim_write_off FROM emporium_payments;
GRANT SELECT ON audit_claim_write_off TO emporium_auditor;
