-- Lists of orders by buyer, seller and administrator; which orders sellers received; leave to fetch files of them.

-- CreateIndex
CREATE INDEX "orders_buyer_id_status_id_idx" ON "orders"("buyer_id", "status", "id" DESC);

-- CreateIndex
CREATE INDEX "orders_status_id_idx" ON "orders"("status", "id" DESC);

-- CreateIndex
CREATE INDEX "orders_currency_total_minor_idx" ON "orders"("currency", "total_minor");

-- CreateIndex
CREATE INDEX "orders_number_prefix_idx" ON "orders"("number" text_pattern_ops);

-- DropIndex
DROP INDEX "shipments_seller_id_idx";

-- CreateIndex
CREATE INDEX "shipments_seller_id_order_id_idx" ON "shipments"("seller_id", "order_id" DESC);

-- CreateIndex
CREATE INDEX "shipments_seller_id_status_order_id_idx" ON "shipments"("seller_id", "status", "order_id" DESC);

-- CreateIndex
CREATE INDEX "order_lines_variant_id_order_id_idx" ON "order_lines"("variant_id", "order_id" DESC);

-- CreateTable
CREATE TABLE "received_orders" (
    "seller_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "order_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "received_orders_pkey" PRIMARY KEY ("seller_id","sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "received_orders_order_id_seller_id_key" ON "received_orders"("order_id", "seller_id");

-- CreateTable
CREATE TABLE "received_counts" (
    "seller_id" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "received_counts_pkey" PRIMARY KEY ("seller_id")
);

-- CreateTable
CREATE TABLE "order_exports" (
    "fingerprint" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "placed_from" TIMESTAMPTZ(3),
    "placed_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_exports_pkey" PRIMARY KEY ("fingerprint")
);

-- What was confirmed before sellers could follow it.
INSERT INTO "received_orders" ("seller_id", "sequence", "order_id", "at")
SELECT seller_id, row_number() OVER (PARTITION BY seller_id ORDER BY at, order_id), order_id, at
FROM (
  SELECT shipment.seller_id, event.order_id, min(event.at) AS at
  FROM "order_events" AS event JOIN "shipments" AS shipment ON shipment.order_id = event.order_id
  WHERE event.type = 'Confirmed'
  GROUP BY shipment.seller_id, event.order_id
) AS received;

INSERT INTO "received_counts" ("seller_id", "last")
SELECT seller_id, max(sequence) FROM "received_orders" GROUP BY seller_id;

-- Only ever added to.
REVOKE UPDATE, DELETE, TRUNCATE ON "received_orders" FROM emporium_orders;
