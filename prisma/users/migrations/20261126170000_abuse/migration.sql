-- DropIndex
DROP INDEX "security_events_user_id_at_idx";

-- DropIndex
DROP INDEX "security_events_at_idx";

-- CreateTable
CREATE TABLE "known_origins" (
    "user_id" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "known_origins_pkey" PRIMARY KEY ("user_id","network","device")
);

-- CreateIndex
CREATE INDEX "security_events_user_id_at_id_idx" ON "security_events"("user_id", "at", "id");

-- CreateIndex
CREATE INDEX "security_events_kind_at_id_idx" ON "security_events"("kind", "at", "id");

-- CreateIndex
CREATE INDEX "security_events_at_id_idx" ON "security_events"("at", "id");

-- AddForeignKey
ALTER TABLE "known_origins" ADD CONSTRAINT "known_origins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- By hand from here: what Prisma's schema cannot say.

-- Retention, for the owner of the tables alone: the service cannot even ask for it.
CREATE FUNCTION "prune_security_events"("keep" INTERVAL) RETURNS BIGINT LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE "pruned" BIGINT;
BEGIN
  IF "keep" < INTERVAL '30 days' THEN
    RAISE EXCEPTION 'security events are kept for 30 days at least';
  END IF;
  DELETE FROM "security_events" WHERE "at" < now() - "keep";
  GET DIAGNOSTICS "pruned" = ROW_COUNT;
  RETURN "pruned";
END $$;
REVOKE ALL ON FUNCTION "prune_security_events"(INTERVAL) FROM PUBLIC, emporium_users;
