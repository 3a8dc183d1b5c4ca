-- AlterTable
ALTER TABLE "refresh_tokens" ADD COLUMN     "successor_salt" TEXT,
ADD COLUMN     "used_by" TEXT;

-- By hand from here: what Prisma's schema cannot say.

ALTER TABLE "refresh_tokens"
  ADD CONSTRAINT "refresh_tokens_users_are_hashed" CHECK ("used_by" ~ '^[0-9a-f]{64}$');
