-- How many of a line its seller does not have yet.

-- AlterTable
ALTER TABLE "order_lines" ADD COLUMN "backordered" INTEGER NOT NULL DEFAULT 0;

-- What the code promises, the database refuses to break.
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_backordered_check" CHECK ("backordered" BETWEEN 0 AND "quantity");

-- For the auditor.
CREATE OR REPLACE VIEW "audit_order_line" AS
SELECT l."order_id", l."variant_id", l."shipment_id", l."quantity", l."unit_price_minor", l."total_minor", o."currency",
       l."backordered"
FROM "order_lines" l JOIN "orders" o ON o."id" = l."order_id";
