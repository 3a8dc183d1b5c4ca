-- A price that nobody could pay is no price to measure a reduction by.
ALTER TABLE "price_changes" ADD COLUMN "on_sale" BOOLEAN NOT NULL DEFAULT true;

-- What is a draft was one from its beginning. When others were on sale before is not known.
UPDATE "price_changes" SET on_sale = false WHERE variant_id IN (
    SELECT v.id FROM "variants" v JOIN "products" p ON p.id = v.product_id WHERE p.status = 'DRAFT');
