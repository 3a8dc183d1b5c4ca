-- CreateTable
CREATE TABLE "order_events" (
    "order_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "causation_id" TEXT,

    CONSTRAINT "order_events_pkey" PRIMARY KEY ("order_id","sequence")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "buyer_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "payment_method" TEXT NOT NULL,
    "failure_reason" TEXT,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shipments" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "seller_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "carrier" TEXT,
    "tracking_number" TEXT,
    "released" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "shipments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_lines" (
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("order_id","position")
);

-- CreateTable
CREATE TABLE "order_addresses" (
    "order_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "line1" TEXT NOT NULL,
    "line2" TEXT,
    "city" TEXT NOT NULL,
    "postal_code" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,

    CONSTRAINT "order_addresses_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "order_notes" (
    "order_id" TEXT NOT NULL,
    "cancel_reason" TEXT NOT NULL,

    CONSTRAINT "order_notes_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "order_payment_tokens" (
    "order_id" TEXT NOT NULL,
    "token" TEXT NOT NULL,

    CONSTRAINT "order_payment_tokens_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "placement_keys" (
    "buyer_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,

    CONSTRAINT "placement_keys_pkey" PRIMARY KEY ("buyer_id","key")
);

-- CreateTable
CREATE TABLE "purchase_deadlines" (
    "order_id" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "seconds" INTEGER NOT NULL,

    CONSTRAINT "purchase_deadlines_pkey" PRIMARY KEY ("order_id","step")
);

-- CreateTable
CREATE TABLE "carts" (
    "id" TEXT NOT NULL,
    "buyer_id" TEXT NOT NULL,

    CONSTRAINT "carts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cart_lines" (
    "cart_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "position" BIGSERIAL NOT NULL,

    CONSTRAINT "cart_lines_pkey" PRIMARY KEY ("cart_id","variant_id")
);

-- CreateTable
CREATE TABLE "catalog_variants" (
    "variant_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "price_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "active" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "catalog_variants_pkey" PRIMARY KEY ("variant_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "position" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),
    "stream_sequence" BIGINT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "parked_messages" (
    "id" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "parked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolution" TEXT,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "parked_messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "orders_number_key" ON "orders"("number");

-- CreateIndex
CREATE INDEX "orders_buyer_id_id_idx" ON "orders"("buyer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "shipments_order_id_idx" ON "shipments"("order_id");

-- CreateIndex
CREATE INDEX "shipments_seller_id_idx" ON "shipments"("seller_id");

-- CreateIndex
CREATE INDEX "order_lines_shipment_id_idx" ON "order_lines"("shipment_id");

-- CreateIndex
CREATE UNIQUE INDEX "placement_keys_order_id_key" ON "placement_keys"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "carts_buyer_id_key" ON "carts"("buyer_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_position_key" ON "outbox"("position");

-- CreateIndex
CREATE UNIQUE INDEX "parked_messages_consumer_event_id_key" ON "parked_messages"("consumer", "event_id");

-- AddForeignKey
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_shipment_id_fkey" FOREIGN KEY ("shipment_id") REFERENCES "shipments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_cart_id_fkey" FOREIGN KEY ("cart_id") REFERENCES "carts"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- The relay's queue.
CREATE INDEX "outbox_unpublished" ON "outbox" ("position") WHERE "published_at" IS NULL;

-- What the code promises, the database refuses to break.
ALTER TABLE "order_events"
  ADD CONSTRAINT "order_events_sequence_check" CHECK ("sequence" > 0),
  ADD CONSTRAINT "order_events_status_check" CHECK ("status" IN ('PENDING', 'RESERVED', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'FAILED', 'CANCELLED'));
ALTER TABLE "orders"
  ADD CONSTRAINT "orders_status_check" CHECK ("status" IN ('PENDING', 'RESERVED', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'FAILED', 'CANCELLED')),
  ADD CONSTRAINT "orders_payment_method_check" CHECK ("payment_method" IN ('CARD', 'WALLET')),
  ADD CONSTRAINT "orders_failure_reason_check" CHECK (("status" = 'FAILED') = ("failure_reason" IS NOT NULL)),
  ADD CONSTRAINT "orders_total_minor_check" CHECK ("total_minor" >= 0);
ALTER TABLE "shipments"
  ADD CONSTRAINT "shipments_status_check" CHECK ("status" IN ('PENDING', 'SHIPPED', 'DELIVERED', 'CANCELLED')),
  ADD CONSTRAINT "shipments_parcel_check" CHECK (("carrier" IS NULL) = ("tracking_number" IS NULL)),
  ADD CONSTRAINT "shipments_amount_minor_check" CHECK ("amount_minor" >= 0);
ALTER TABLE "order_lines"
  ADD CONSTRAINT "order_lines_quantity_check" CHECK ("quantity" BETWEEN 1 AND 100000),
  ADD CONSTRAINT "order_lines_total_minor_check" CHECK ("total_minor" = "unit_price_minor" * "quantity" AND "unit_price_minor" >= 0);
ALTER TABLE "cart_lines"
  ADD CONSTRAINT "cart_lines_quantity_check" CHECK ("quantity" BETWEEN 1 AND 100000);
ALTER TABLE "purchase_deadlines"
  ADD CONSTRAINT "purchase_deadlines_step_check" CHECK ("step" IN ('RESERVE', 'PAY')),
  ADD CONSTRAINT "purchase_deadlines_seconds_check" CHECK ("seconds" > 0);

-- History is only ever added to; an idempotency key is bound for ever.
REVOKE UPDATE, DELETE, TRUNCATE ON "order_events" FROM emporium_orders;
REVOKE UPDATE, DELETE, TRUNCATE ON "placement_keys" FROM emporium_orders;

-- For the auditor. `history` is every status that the order had, in order, from its events alone.
CREATE VIEW "audit_order" AS
SELECT o."id" AS order_id,
       o."status",
       o."version",
       o."total_minor",
       o."currency",
       h.history,
       h.last_sequence,
       o."status" IN ('COMPLETED', 'FAILED', 'CANCELLED') AS terminal
FROM "orders" o
LEFT JOIN LATERAL (
  SELECT array_agg(e."status" ORDER BY e."sequence") FILTER (WHERE e."status" IS DISTINCT FROM e.before) AS history,
         max(e."sequence") AS last_sequence
  FROM (
    SELECT "sequence", "status", lag("status") OVER (ORDER BY "sequence") AS before
    FROM "order_events" WHERE "order_id" = o."id"
  ) e
) h ON true;

CREATE VIEW "audit_order_line" AS
SELECT l."order_id", l."variant_id", l."shipment_id", l."quantity", l."unit_price_minor", l."total_minor", o."currency"
FROM "order_lines" l JOIN "orders" o ON o."id" = l."order_id";

CREATE VIEW "audit_outbox" AS
SELECT "id" AS event_id, "subject", "aggregate_id", "envelope" ->> 'correlationId' AS correlation_id,
       "created_at", "published_at", "stream_sequence"
FROM "outbox";

CREATE VIEW "audit_inbox" AS
SELECT "consumer", "event_id", "handled_at" FROM "inbox";

CREATE VIEW "audit_parked" AS
SELECT "consumer", "event_id", "subject", "reason", "resolution" FROM "parked_messages";

GRANT USAGE ON SCHEMA orders TO emporium_auditor;
GRANT SELECT ON "audit_order", "audit_order_line", "audit_outbox", "audit_inbox", "audit_parked" TO emporium_auditor;
