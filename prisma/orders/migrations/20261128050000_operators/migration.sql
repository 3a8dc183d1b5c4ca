-- Asked for at once, however many; then handled one by one.
ALTER TABLE "parked_messages" ADD COLUMN "replay_asked_at" TIMESTAMPTZ(3);
-- What waits for a person, which is little of all that was ever parked; and what of it is to be handled again.
CREATE INDEX "parked_messages_open" ON "parked_messages" ("consumer", "id") WHERE "resolution" IS NULL;
CREATE INDEX "parked_messages_to_replay" ON "parked_messages" ("id")
  WHERE "resolution" IS NULL AND "replay_asked_at" IS NOT NULL;

-- What operators did, by whom and why. The service adds to it, and changes nothing of it.
CREATE TABLE "operator_actions" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "messages" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operator_actions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "operator_actions_kind" CHECK ("kind" IN ('REPLAY', 'DISCARD', 'REPUBLISH'))
);
REVOKE UPDATE, DELETE ON "operator_actions" FROM emporium_orders;
