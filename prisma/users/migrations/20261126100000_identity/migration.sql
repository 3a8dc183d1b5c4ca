-- AlterTable
ALTER TABLE "users" ADD COLUMN IF NOT EXISTS "email_verified_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "device" TEXT,
ADD COLUMN     "address" TEXT,
ADD COLUMN     "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "authenticated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "methods" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "security_events" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "user_id" TEXT,
    "address" TEXT,
    "device" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "security_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mails" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "mails_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "security_events_user_id_at_idx" ON "security_events"("user_id", "at");

-- CreateIndex
CREATE INDEX "security_events_at_idx" ON "security_events"("at");

-- CreateIndex
CREATE INDEX "mails_due_at_idx" ON "mails"("due_at");

-- By hand from here: what Prisma's schema cannot say.

ALTER TABLE "security_events"
  ADD CONSTRAINT "security_events_have_a_kind" CHECK ("kind" ~ '^[A-Z_]{3,60}$');

-- What happened stays: the service adds to it, and takes nothing back.
REVOKE UPDATE, DELETE, TRUNCATE ON "security_events" FROM emporium_users;

-- Where from is personal data, and can be erased; that it happened cannot.
CREATE FUNCTION "forget_origins"(TEXT) RETURNS VOID LANGUAGE sql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$ UPDATE "security_events" SET "address" = NULL, "device" = NULL WHERE "user_id" = $1 $$;
REVOKE ALL ON FUNCTION "forget_origins"(TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "forget_origins"(TEXT) TO emporium_users;
