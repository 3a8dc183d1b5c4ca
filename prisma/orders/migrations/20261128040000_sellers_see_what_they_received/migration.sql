-- A seller's list begins with what they received, in the order of its orders.

-- CreateIndex
CREATE INDEX "received_orders_seller_id_order_id_idx" ON "received_orders"("seller_id", "order_id" DESC);

-- Sellers see orders from when they received them: those that a process from before `received_orders` confirmed while it was
-- being replaced, too.
WITH missed AS (
  SELECT shipment.seller_id, event.order_id, min(event.at) AS at
  FROM "order_events" AS event JOIN "shipments" AS shipment ON shipment.order_id = event.order_id
  WHERE event.type = 'Confirmed' AND NOT EXISTS (
    SELECT FROM "received_orders" AS received
    WHERE received.order_id = event.order_id AND received.seller_id = shipment.seller_id)
  GROUP BY shipment.seller_id, event.order_id
), numbered AS (
  SELECT seller_id, order_id, at, coalesce(last, 0) + row_number() OVER (PARTITION BY seller_id ORDER BY at, order_id) AS sequence
  FROM missed LEFT JOIN "received_counts" USING (seller_id)
), counted AS (
  INSERT INTO "received_counts" ("seller_id", "last")
  SELECT seller_id, max(sequence) FROM numbered GROUP BY seller_id
  ON CONFLICT ("seller_id") DO UPDATE SET "last" = excluded."last"
)
INSERT INTO "received_orders" ("seller_id", "sequence", "order_id", "at")
SELECT seller_id, sequence, order_id, at FROM numbered;
