-- Whoever sold before there were applications had, in effect, been approved.
ALTER TABLE "sellers"
  ADD COLUMN "status" TEXT NOT NULL DEFAULT 'ACTIVE',
  ADD COLUMN "status_reason" TEXT,
  ADD COLUMN "applied_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "sellers"
SET "applied_at" = "created_at",
  "status" = CASE WHEN "active" THEN 'ACTIVE' ELSE 'SUSPENDED' END,
  "status_reason" = CASE WHEN "active" THEN NULL ELSE 'Not active.' END;
ALTER TABLE "sellers"
  ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "applied_at" DROP DEFAULT,
  DROP COLUMN "active",
  ADD CONSTRAINT "sellers_status_is_known" CHECK ("status" IN ('PENDING', 'ACTIVE', 'SUSPENDED', 'REJECTED')),
  ADD CONSTRAINT "sellers_say_why_not"
    CHECK (("status_reason" IS NOT NULL) = ("status" IN ('SUSPENDED', 'REJECTED')));

CREATE INDEX "sellers_status_applied_at_id_idx" ON "sellers"("status", "applied_at", "id");
CREATE INDEX "sellers_applied_at_id_idx" ON "sellers"("applied_at", "id");
