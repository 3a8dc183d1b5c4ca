-- Of a shipment's escrow a part may go back to the buyer; what goes back after it was released comes from elsewhere.

-- AlterTable
ALTER TABLE "escrows" ADD COLUMN "reclaimed" BIGINT NOT NULL DEFAULT 0;

ALTER TABLE escrows
  DROP CONSTRAINT escrows_check1,
  DROP CONSTRAINT escrows_check2,
  ADD CONSTRAINT escrows_refunded_some_of_it CHECK (
    refunded BETWEEN 0 AND amount AND (state <> 'EXPECTED' OR refunded = 0) AND (state <> 'REFUNDED' OR refunded = amount)),
  ADD CONSTRAINT escrows_released_the_rest CHECK (released = CASE state WHEN 'RELEASED' THEN amount - refunded ELSE 0 END),
  ADD CONSTRAINT escrows_reclaimed_what_was_released CHECK (reclaimed BETWEEN 0 AND released);

-- What the auditor may see.
CREATE OR REPLACE VIEW audit_escrow AS
  SELECT shipment_id, order_id, captured, released, refunded, coalesce(audit_account.balance, 0) AS held, reclaimed
  FROM escrows LEFT JOIN audit_account ON audit_account.account_id = 'escrow:' || shipment_id;
