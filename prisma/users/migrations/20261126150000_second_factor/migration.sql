-- CreateTable
CREATE TABLE "second_factors" (
    "user_id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "second_factors_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "user_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("user_id","fingerprint")
);

-- AddForeignKey
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here: what Prisma's schema cannot say.

ALTER TABLE "second_factors"
  ADD CONSTRAINT "second_factors_have_a_secret" CHECK ("secret" <> ''),
  ADD CONSTRAINT "second_factors_are_on_by_a_code" CHECK (("confirmed_at" IS NULL) = ("last_step" = 0));
ALTER TABLE "recovery_codes"
  ADD CONSTRAINT "recovery_codes_are_hashed" CHECK ("fingerprint" ~ '^[0-9a-f]{64}$');

-- What access tokens say of an account.
CREATE FUNCTION "has_second_factor"(TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE
SET search_path FROM CURRENT
AS $$ SELECT EXISTS (SELECT 1 FROM "second_factors" WHERE "user_id" = $1 AND "confirmed_at" IS NOT NULL) $$;
