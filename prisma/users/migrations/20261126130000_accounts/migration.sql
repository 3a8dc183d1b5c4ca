-- AlterTable
ALTER TABLE "users" ADD COLUMN     "deactivated_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "one_time_tokens" (
    "user_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_tokens_pkey" PRIMARY KEY ("user_id","purpose")
);

-- CreateIndex
CREATE UNIQUE INDEX "one_time_tokens_fingerprint_key" ON "one_time_tokens"("fingerprint");

-- AddForeignKey
ALTER TABLE "one_time_tokens" ADD CONSTRAINT "one_time_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here: what Prisma's schema cannot say.

ALTER TABLE "one_time_tokens"
  ADD CONSTRAINT "one_time_tokens_purpose_is_known"
    CHECK ("purpose" IN ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL', 'REACTIVATE')),
  ADD CONSTRAINT "one_time_tokens_are_hashed" CHECK ("fingerprint" ~ '^[0-9a-f]{64}$');

-- The unique index decides who has an address, and losing does not end the transaction.
CREATE FUNCTION "take_email"(TEXT, TEXT) RETURNS BOOLEAN LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
  UPDATE "users" SET "email" = $2, "email_verified_at" = now() WHERE "id" = $1;
  RETURN FOUND;
EXCEPTION WHEN unique_violation THEN
  RETURN FALSE;
END $$;
