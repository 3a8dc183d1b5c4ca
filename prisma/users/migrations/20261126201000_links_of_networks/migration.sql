-- AlterTable
ALTER TABLE "one_time_tokens" ADD COLUMN     "network" TEXT NOT NULL DEFAULT '',
DROP CONSTRAINT "one_time_tokens_pkey",
ADD CONSTRAINT "one_time_tokens_pkey" PRIMARY KEY ("user_id", "purpose", "network");
