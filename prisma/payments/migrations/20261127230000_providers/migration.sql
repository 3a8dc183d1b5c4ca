-- AlterTable
ALTER TABLE "payments" ADD COLUMN "provider" TEXT NOT NULL DEFAULT 'sandbox',
ADD COLUMN "next_action" JSONB;

-- AlterTable
ALTER TABLE "provider_calls" ADD COLUMN "provider" TEXT NOT NULL DEFAULT 'sandbox';



-- What the tables cannot say alone.

ALTER TABLE payments
  ADD CHECK (provider ~ '^[a-z]+$'),
  ADD CONSTRAINT only_a_capture_waits_for_its_buyer CHECK (next_action IS NULL OR status = 'CAPTURING');
ALTER TABLE provider_calls ADD CHECK (provider ~ '^[a-z]+$');

-- What the auditor may see, beside what they saw.
CREATE OR REPLACE VIEW audit_payment AS
  SELECT payments.order_id, payments.id AS payment_id,
    CASE
      WHEN status = 'CAPTURING' THEN 'PENDING'
      WHEN status = 'CAPTURED' AND refunded = captured THEN 'REFUNDED'
      WHEN status = 'CAPTURED' AND refunded > 0 THEN 'PARTIALLY_REFUNDED'
      ELSE status
    END AS status,
    captured AS captured_minor, refunded AS refunded_minor, currency,
    (SELECT count(*)::int FROM journals WHERE journals.order_id = payments.order_id AND journals.kind = 'CAPTURE') AS captures,
    provider
  FROM payments;
