-- A buyer may dispute a shipment whose money is held: it waits until that is over.

-- AlterTable
ALTER TABLE "escrows" ADD COLUMN "frozen_by" TEXT, ADD COLUMN "release_due" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "disputes" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "buyer_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "released" BIGINT NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "note" TEXT,
    "idempotency_key" TEXT,
    "input_hash" TEXT,

    CONSTRAINT "disputes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "disputes_order_id_idx" ON "disputes"("order_id");

-- CreateIndex
CREATE INDEX "disputes_seller_id_id_idx" ON "disputes"("seller_id", "id");

-- CreateIndex
CREATE INDEX "disputes_buyer_id_id_idx" ON "disputes"("buyer_id", "id");

-- CreateIndex
CREATE INDEX "disputes_status_id_idx" ON "disputes"("status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "disputes_buyer_id_idempotency_key_key" ON "disputes"("buyer_id", "idempotency_key");

-- What the tables cannot say alone.

ALTER TABLE disputes
  ADD CHECK (status IN ('OPEN', 'BUYER', 'SELLER', 'WITHDRAWN', 'LAPSED')),
  ADD CHECK (reason IN ('NOT_RECEIVED', 'DAMAGED', 'NOT_AS_DESCRIBED', 'INCOMPLETE', 'OTHER')),
  ADD CHECK ((status = 'OPEN') = (ended_at IS NULL)),
  ADD CHECK ((status IN ('BUYER', 'SELLER')) = (decided_by IS NOT NULL)),
  ADD CHECK (refunded >= 0 AND released >= 0 AND (status = 'BUYER' OR refunded = 0)),
  ADD CHECK (num_nulls(idempotency_key, input_hash) IN (0, 2));
CREATE UNIQUE INDEX one_open_dispute_per_shipment ON disputes (shipment_id) WHERE status = 'OPEN';

ALTER TABLE escrows ADD CONSTRAINT only_what_is_held_is_frozen CHECK (frozen_by IS NULL OR state = 'HELD');
DROP INDEX escrows_on_the_clock;
CREATE INDEX escrows_on_the_clock ON escrows (shipped_at)
  WHERE state = 'HELD' AND frozen_by IS NULL AND shipped_at IS NOT NULL;

-- What the auditor may see: who, what and how much, and nothing that anybody said.
CREATE VIEW audit_dispute AS
  SELECT id AS dispute_id, order_id, shipment_id, buyer_id, seller_id, reason, status, currency, refunded, released, opened_at,
    ended_at, decided_by
  FROM disputes;
REVOKE ALL ON audit_dispute FROM emporium_payments;
GRANT SELECT ON audit_dispute TO emporium_auditor;
CREATE OR REPLACE VIEW audit_escrow AS
  SELECT shipment_id, order_id, captured, released, refunded, coalesce(audit_account.balance, 0) AS held, reclaimed, frozen_by
  FROM escrows LEFT JOIN audit_account ON audit_account.account_id = 'escrow:' || shipment_id;
