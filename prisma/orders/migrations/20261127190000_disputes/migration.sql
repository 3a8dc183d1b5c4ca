-- A shipment says whether its buyer disputes it.

-- AlterTable
ALTER TABLE "shipments" ADD COLUMN "disputed" BOOLEAN NOT NULL DEFAULT false;

-- For the auditor.
CREATE OR REPLACE VIEW "audit_shipment" AS
SELECT s."id" AS shipment_id, s."order_id", s."amount_minor", s."goods_minor", s."discount_minor", s."shipping_minor",
       s."tax_minor", o."currency", s."back_minor", s."status", s."disputed"
FROM "shipments" s JOIN "orders" o ON o."id" = s."order_id";
