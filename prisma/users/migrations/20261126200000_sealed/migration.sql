-- AlterTable
ALTER TABLE "addresses" ADD COLUMN     "sealed" TEXT,
ALTER COLUMN "name" DROP NOT NULL,
ALTER COLUMN "line1" DROP NOT NULL,
ALTER COLUMN "city" DROP NOT NULL,
ALTER COLUMN "country" DROP NOT NULL;

-- AlterTable
ALTER TABLE "mails" ADD COLUMN     "sealed" TEXT,
ALTER COLUMN "data" DROP NOT NULL;

-- By hand from here: what Prisma's schema cannot say.

-- The former checks of lengths and codes stay, for what is not sealed yet.
ALTER TABLE "addresses"
  ADD CONSTRAINT "addresses_are_sealed_or_plain" CHECK (
    CASE WHEN "sealed" IS NULL THEN num_nulls("name", "line1", "city", "country") = 0
    ELSE num_nonnulls("name", "line1", "line2", "city", "region", "postal_code", "country", "phone") = 0 END),
  ADD CONSTRAINT "addresses_sealed_are_of_sane_length" CHECK (length("sealed") BETWEEN 1 AND 8192);
ALTER TABLE "mails"
  ADD CONSTRAINT "mails_are_sealed_or_plain" CHECK (num_nonnulls("data", "sealed") = 1);
