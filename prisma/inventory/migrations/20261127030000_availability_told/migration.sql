-- Whether anything of a variant can be ordered, as others were last told. What they keep of it fills up when all stock is told
-- again: `npm run stock:republish`.
ALTER TABLE "stock" ADD COLUMN "in_stock" BOOLEAN NOT NULL DEFAULT false;

UPDATE "stock" SET "in_stock" = true
FROM (
    SELECT DISTINCT "variant_id" FROM "stock_levels" JOIN "locations" ON "locations"."id" = "location_id"
    WHERE "available" > 0 AND "active"
) AS "stocked"
WHERE "stock"."variant_id" = "stocked"."variant_id";

GRANT UPDATE ("in_stock") ON "stock" TO "emporium_inventory";
