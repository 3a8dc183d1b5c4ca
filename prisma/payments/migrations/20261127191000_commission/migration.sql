-- The marketplace keeps a commission of what is released.

-- AlterTable
ALTER TABLE "escrows" ADD COLUMN "commission_rate" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "commission" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "commission_rates" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT,
    "currency" TEXT,
    "basis_points" INTEGER,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "commission_rates_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "commission_rates_seller_id_idx" ON "commission_rates"("seller_id");

-- What the tables cannot say alone.

ALTER TABLE escrows
  ADD CHECK (commission_rate BETWEEN 0 AND 10000),
  ADD CONSTRAINT escrows_commission_of_what_is_kept CHECK (commission BETWEEN 0 AND released - reclaimed);
ALTER TABLE commission_rates
  ADD CHECK (basis_points BETWEEN 0 AND 10000),
  ADD CHECK (currency ~ '^[A-Z]{3}$');
REVOKE UPDATE, DELETE, TRUNCATE ON commission_rates FROM emporium_payments;

-- What the auditor may see.
CREATE OR REPLACE VIEW audit_escrow AS
  SELECT shipment_id, order_id, captured, released, refunded, coalesce(audit_account.balance, 0) AS held, reclaimed, frozen_by,
    commission_rate, commission
  FROM escrows LEFT JOIN audit_account ON audit_account.account_id = 'escrow:' || shipment_id;
CREATE VIEW audit_commission_rate AS
  SELECT id AS commission_rate_id, seller_id, currency, basis_points, valid_from, set_by, set_at FROM commission_rates;
REVOKE ALL ON audit_commission_rate FROM emporium_payments;
GRANT SELECT ON audit_commission_rate TO emporium_auditor;
