-- CreateTable
CREATE TABLE "price_changes" (
    "id" BIGSERIAL NOT NULL,
    "variant_id" TEXT NOT NULL,
    "price_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "price_changes_variant_id_id_idx" ON "price_changes"("variant_id", "id");

-- AddForeignKey
ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of what was there before, only the present price is known.
INSERT INTO "price_changes" ("variant_id", "price_minor", "currency", "since")
    SELECT v.id, v.price_minor, v.currency, p.updated_at
    FROM "variants" v JOIN "products" p ON p.id = v.product_id ORDER BY v.id;

ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_price_check" CHECK (price_minor > 0);
