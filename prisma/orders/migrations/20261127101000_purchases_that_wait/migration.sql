-- A step may be asked for again, and given to a person when nothing helps. A step without a message counts from when it began.
ALTER TABLE "purchase_deadlines" ALTER COLUMN "message_id" DROP NOT NULL;
ALTER TABLE "purchase_deadlines"
  ADD COLUMN "attempt" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "parked_at" TIMESTAMPTZ(3),
  ADD COLUMN "parked_reason" TEXT;

ALTER TABLE "purchase_deadlines"
  DROP CONSTRAINT "purchase_deadlines_step_check",
  ADD CONSTRAINT "purchase_deadlines_step_check" CHECK ("step" IN ('RESERVE', 'PAY', 'REFUND')),
  ADD CONSTRAINT "purchase_deadlines_attempt_check" CHECK ("attempt" > 0 AND "failures" >= 0),
  ADD CONSTRAINT "purchase_deadlines_parked_check" CHECK (("parked_at" IS NULL) = ("parked_reason" IS NULL));

-- For finding purchases that nobody keeps the time of.
CREATE INDEX "orders_unsettled" ON "orders" ("id") WHERE "status" IN ('PENDING', 'RESERVED');
