-- Cards that are kept for more than one purchase: the provider's tokens, sealed, and what may be shown of them.

-- CreateTable
CREATE TABLE "payment_methods" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "refusal" TEXT,
    "label" TEXT,
    "brand" TEXT,
    "last4" TEXT,
    "expiry_month" INTEGER,
    "expiry_year" INTEGER,
    "sealed_token" TEXT,
    "wants_default" BOOLEAN NOT NULL DEFAULT false,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_methods_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "payment_methods_user_id_idempotency_key_key" ON "payment_methods"("user_id", "idempotency_key");

-- AlterTable
ALTER TABLE "provider_calls" ADD COLUMN "sealed_token" TEXT;

-- What the tables cannot say alone.

CREATE UNIQUE INDEX one_default_payment_method_per_user ON payment_methods (user_id) WHERE is_default;
CREATE INDEX payment_methods_there ON payment_methods (user_id, id) WHERE status IN ('PENDING', 'ACTIVE');

ALTER TABLE payment_methods
  ADD CHECK (status IN ('PENDING', 'ACTIVE', 'REFUSED', 'REMOVED')),
  ADD CHECK ((status = 'REFUSED') = (refusal IS NOT NULL)),
  ADD CHECK (refusal IN ('CARD_DECLINED', 'EXPIRED')),
  ADD CHECK ((status = 'ACTIVE') = (sealed_token IS NOT NULL)),
  ADD CHECK (status = 'ACTIVE' OR NOT is_default),
  ADD CONSTRAINT nothing_is_kept_of_what_is_over
    CHECK (status IN ('PENDING', 'ACTIVE') OR num_nonnulls(label, brand, last4, expiry_month, expiry_year) = 0),
  ADD CHECK (num_nulls(expiry_month, expiry_year) IN (0, 2)),
  ADD CHECK (expiry_month BETWEEN 1 AND 12),
  ADD CONSTRAINT never_more_than_four_digits CHECK (last4 ~ '^[0-9]{4}$');

-- Tokens wait sealed for the provider to be asked; `token` holds those from before.
ALTER TABLE provider_calls
  DROP CONSTRAINT provider_calls_kind_check,
  ADD CHECK (kind IN ('CAPTURE', 'REFUND', 'TOP_UP', 'PAYOUT', 'SAVE_METHOD', 'FORGET_METHOD')),
  ADD CHECK (num_nonnulls(token, sealed_token) <= 1);

ALTER TABLE payments
  DROP CONSTRAINT payments_decline_reason_check,
  ADD CONSTRAINT payments_decline_reason_check CHECK (decline_reason IN
    ('CARD_DECLINED', 'INSUFFICIENT_FUNDS', 'PROVIDER_ERROR', 'METHOD_NOT_FOUND', 'METHOD_REMOVED', 'METHOD_EXPIRED'));
