-- Carts of guests beside those of accounts; a version and a time for each; what lines cost when they came.

-- AlterTable
ALTER TABLE "carts" ADD COLUMN     "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "merged_into" TEXT,
ADD COLUMN     "token_hash" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0,
ALTER COLUMN "buyer_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "cart_lines" ADD COLUMN     "added_currency" CHAR(3),
ADD COLUMN     "added_minor" BIGINT;

-- CreateTable
CREATE TABLE "sellers" (
    "id" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "sellers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variant_stock" (
    "variant_id" TEXT NOT NULL,
    "available" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "variant_stock_pkey" PRIMARY KEY ("variant_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "carts_token_hash_key" ON "carts"("token_hash");

-- CreateIndex
CREATE INDEX "carts_merged_into_idx" ON "carts"("merged_into");

-- What nobody has touched for too long is looked for oldest first, each kind by itself.
CREATE INDEX "carts_of_guests" ON "carts" ("changed_at") WHERE "buyer_id" IS NULL;
CREATE INDEX "carts_of_buyers" ON "carts" ("changed_at") WHERE "buyer_id" IS NOT NULL;

-- What the code promises, the database refuses to break.
ALTER TABLE "carts"
  ADD CONSTRAINT "carts_holder_check" CHECK (("buyer_id" IS NULL) <> ("token_hash" IS NULL)),
  ADD CONSTRAINT "carts_merged_check" CHECK ("merged_into" IS NULL OR "buyer_id" IS NULL);
ALTER TABLE "cart_lines"
  ADD CONSTRAINT "cart_lines_added_check" CHECK (("added_minor" IS NULL) = ("added_currency" IS NULL));
