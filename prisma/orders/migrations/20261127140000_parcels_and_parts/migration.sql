-- A shipment may leave in several parcels, and parts of an order may be called off before they leave.

-- AlterTable
ALTER TABLE "order_lines" ADD COLUMN "cancelled" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "shipped" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "shipments" ADD COLUMN "back_minor" BIGINT NOT NULL DEFAULT 0, ADD COLUMN "parcels" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "cancellation_notes" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "cancellation_notes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cancellation_notes_order_id_idx" ON "cancellation_notes"("order_id");

-- What had left until now left whole.
UPDATE "order_lines" l SET "shipped" = l."quantity"
FROM "shipments" s WHERE s."id" = l."shipment_id" AND s."status" IN ('SHIPPED', 'DELIVERED');

UPDATE "shipments" s SET "parcels" = jsonb_build_array(jsonb_build_object(
  'carrier', s."carrier",
  'trackingNumber', s."tracking_number",
  'lines', (
    SELECT jsonb_agg(jsonb_build_object('variantId', l."variant_id", 'quantity', l."quantity") ORDER BY l."position")
    FROM "order_lines" l WHERE l."shipment_id" = s."id"
  ),
  'shippedAt', to_char(shipped."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'deliveredAt', (
    SELECT to_char(delivered."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    FROM "order_events" delivered
    WHERE delivered."order_id" = s."order_id" AND delivered."type" = 'ShipmentDelivered'
      AND delivered."payload" ->> 'shipmentId' = s."id"
    LIMIT 1
  )
))
FROM "order_events" shipped
WHERE shipped."order_id" = s."order_id" AND shipped."type" = 'ShipmentShipped' AND shipped."payload" ->> 'shipmentId' = s."id";

-- What the code promises, the database refuses to break.
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_units_check"
  CHECK ("cancelled" >= 0 AND "shipped" >= 0 AND "cancelled" + "shipped" <= "quantity");
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_back_check" CHECK ("back_minor" BETWEEN 0 AND "amount_minor");

-- For the auditor.
CREATE OR REPLACE VIEW "audit_order_line" AS
SELECT l."order_id", l."variant_id", l."shipment_id", l."quantity", l."unit_price_minor", l."total_minor", o."currency",
       l."backordered", l."cancelled", l."shipped"
FROM "order_lines" l JOIN "orders" o ON o."id" = l."order_id";

CREATE OR REPLACE VIEW "audit_shipment" AS
SELECT s."id" AS shipment_id, s."order_id", s."amount_minor", s."goods_minor", s."discount_minor", s."shipping_minor",
       s."tax_minor", o."currency", s."back_minor", s."status"
FROM "shipments" s JOIN "orders" o ON o."id" = s."order_id";
