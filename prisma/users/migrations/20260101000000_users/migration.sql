-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "roles" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credentials" (
    "user_id" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "fingerprint" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateTable
CREATE TABLE "sellers" (
    "id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sellers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "position" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),
    "stream_sequence" BIGINT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "parked_messages" (
    "id" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "parked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolution" TEXT,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "parked_messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "refresh_tokens_session_id_idx" ON "refresh_tokens"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_position_key" ON "outbox"("position");

-- CreateIndex
CREATE UNIQUE INDEX "parked_messages_consumer_event_id_key" ON "parked_messages"("consumer", "event_id");

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sellers" ADD CONSTRAINT "sellers_id_fkey" FOREIGN KEY ("id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here: what Prisma's schema cannot say.

ALTER TABLE "users"
  ADD CONSTRAINT "users_email_is_normalised" CHECK ("email" = lower(btrim("email")) AND length("email") BETWEEN 3 AND 254),
  ADD CONSTRAINT "users_name_is_not_empty" CHECK (btrim("name") <> ''),
  ADD CONSTRAINT "users_roles_are_known" CHECK ("roles" IS NOT NULL AND "roles" <@ ARRAY['BUYER', 'SELLER', 'ADMIN']);
ALTER TABLE "credentials"
  ADD CONSTRAINT "credentials_are_hashed" CHECK ("password_hash" LIKE '$argon2id$%');
ALTER TABLE "refresh_tokens"
  ADD CONSTRAINT "refresh_tokens_are_hashed" CHECK ("fingerprint" ~ '^[0-9a-f]{64}$');
ALTER TABLE "sellers"
  ADD CONSTRAINT "sellers_version_is_positive" CHECK ("version" > 0),
  ADD CONSTRAINT "sellers_display_name_is_not_empty" CHECK (btrim("display_name") <> '');
ALTER TABLE "parked_messages"
  ADD CONSTRAINT "parked_messages_resolution_is_known" CHECK ("resolution" IN ('REPLAYED', 'DISCARDED')),
  ADD CONSTRAINT "parked_messages_resolution_is_whole" CHECK (("resolution" IS NULL) = ("resolved_at" IS NULL));

CREATE INDEX "outbox_unpublished" ON "outbox" ("position") WHERE "published_at" IS NULL;

-- What an auditor may read: no personal data.

CREATE VIEW "audit_outbox" AS
SELECT "id" AS "event_id", "subject", "aggregate_id", "envelope" ->> 'correlationId' AS "correlation_id",
  "created_at", "published_at", "stream_sequence"
FROM "outbox";

CREATE VIEW "audit_inbox" AS SELECT "consumer", "event_id", "handled_at" FROM "inbox";

CREATE VIEW "audit_parked" AS SELECT "consumer", "event_id", "subject", "reason", "resolution" FROM "parked_messages";

DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO emporium_auditor', current_schema()); END $$;
GRANT SELECT ON "audit_outbox", "audit_inbox", "audit_parked" TO emporium_auditor;
REVOKE INSERT, UPDATE, DELETE ON "audit_outbox", "audit_inbox", "audit_parked" FROM emporium_users;
