-- Entries say in which transaction they came, so that a wallet can be followed: what came before this is older than all.

-- AlterTable
ALTER TABLE "entries" ADD COLUMN "transaction_id" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "entries" ALTER COLUMN "transaction_id" SET DEFAULT (pg_current_xact_id()::text)::bigint;

-- CreateIndex
CREATE INDEX "entries_account_id_transaction_id_position_idx" ON "entries"("account_id", "transaction_id", "position");
