-- What has arrived may be sent back.

-- AlterTable
ALTER TABLE "order_lines" ADD COLUMN "returned" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "shipments" ADD COLUMN "arrived_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "returns" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "refund_minor" BIGINT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "returns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "return_lines" (
    "return_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "order_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "restocked" INTEGER NOT NULL DEFAULT 0,
    "written_off" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "return_lines_pkey" PRIMARY KEY ("return_id","position")
);

-- CreateTable
CREATE TABLE "return_notes" (
    "return_id" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "return_notes_pkey" PRIMARY KEY ("return_id","about")
);

-- CreateTable
CREATE TABLE "return_keys" (
    "buyer_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "return_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "return_keys_pkey" PRIMARY KEY ("buyer_id","key")
);

-- CreateIndex
CREATE INDEX "returns_order_id_idx" ON "returns"("order_id");

-- CreateIndex
CREATE INDEX "returns_shipment_id_idx" ON "returns"("shipment_id");

-- CreateIndex
CREATE INDEX "returns_seller_id_id_idx" ON "returns"("seller_id", "id" DESC);

-- CreateIndex
CREATE INDEX "returns_seller_id_status_id_idx" ON "returns"("seller_id", "status", "id" DESC);

-- CreateIndex
CREATE INDEX "return_lines_order_id_idx" ON "return_lines"("order_id");

-- CreateIndex
CREATE INDEX "return_notes_order_id_idx" ON "return_notes"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "return_keys_return_id_key" ON "return_keys"("return_id");

-- AddForeignKey
ALTER TABLE "returns" ADD CONSTRAINT "returns_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "returns" ADD CONSTRAINT "returns_shipment_id_fkey" FOREIGN KEY ("shipment_id") REFERENCES "shipments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_return_id_fkey" FOREIGN KEY ("return_id") REFERENCES "returns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What arrived until now: since it was delivered or paid out, whichever came first.
UPDATE "shipments" s SET "arrived_at" = arrived."at"
FROM (
  SELECT e."payload" ->> 'shipmentId' AS "shipment_id", min(e."at") AS "at"
  FROM "order_events" e JOIN "order_events" sent
    ON sent."order_id" = e."order_id" AND sent."type" = 'ShipmentShipped' AND sent."sequence" < e."sequence"
      AND sent."payload" ->> 'shipmentId' = e."payload" ->> 'shipmentId'
  WHERE e."type" IN ('ShipmentDelivered', 'ShipmentReleased') GROUP BY 1
) AS arrived
WHERE arrived."shipment_id" = s."id";

-- What the code promises, the database refuses to break.
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_returned_check" CHECK ("returned" BETWEEN 0 AND "shipped");
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_units_check"
  CHECK ("quantity" > 0 AND "restocked" >= 0 AND "written_off" >= 0 AND "restocked" + "written_off" <= "quantity");
ALTER TABLE "returns" ADD CONSTRAINT "returns_refund_check" CHECK ("refund_minor" >= 0);
REVOKE UPDATE, DELETE, TRUNCATE ON "return_keys" FROM emporium_orders;

-- For the auditor.
CREATE OR REPLACE VIEW "audit_order_line" AS
SELECT l."order_id", l."variant_id", l."shipment_id", l."quantity", l."unit_price_minor", l."total_minor", o."currency",
       l."backordered", l."cancelled", l."shipped", l."returned"
FROM "order_lines" l JOIN "orders" o ON o."id" = l."order_id";

CREATE VIEW "audit_return_line" AS
SELECT r."id" AS return_id, r."order_id", r."shipment_id", r."status", r."refund_minor", l."variant_id", l."quantity",
       l."restocked", l."written_off"
FROM "returns" r JOIN "return_lines" l ON l."return_id" = r."id";

GRANT SELECT ON "audit_return_line" TO emporium_auditor;
REVOKE ALL ON "audit_return_line" FROM emporium_orders;
