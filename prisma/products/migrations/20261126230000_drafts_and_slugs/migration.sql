-- AlterTable
ALTER TABLE "products" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "product_slugs" (
    "slug" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_slugs_pkey" PRIMARY KEY ("slug")
);

-- CreateIndex
CREATE INDEX "product_slugs_product_id_idx" ON "product_slugs"("product_id");

-- AddForeignKey
ALTER TABLE "product_slugs" ADD CONSTRAINT "product_slugs_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "product_slugs" ("slug", "product_id", "since") SELECT "slug", "id", "created_at" FROM "products";

ALTER TABLE "products"
    DROP CONSTRAINT "products_status_check",
    ADD CONSTRAINT "products_status_check" CHECK (status IN ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    ADD CONSTRAINT "products_version_check" CHECK (version > 0);
ALTER TABLE "product_slugs" ADD CONSTRAINT "product_slugs_slug_check" CHECK (char_length(slug) BETWEEN 1 AND 100);

-- Finds "mug", "mug-2", "mug-3" when a new "mug" needs a slug of its own, and those that a product had.
DROP INDEX "products_slug_stem";
CREATE INDEX "product_slugs_stem" ON "product_slugs" ((regexp_replace(slug, '-[0-9]+$', '')));
