-- AlterTable
ALTER TABLE "provider_calls" ADD COLUMN "event_id" TEXT;
