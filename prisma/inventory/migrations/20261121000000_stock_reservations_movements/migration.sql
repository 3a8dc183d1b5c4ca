-- CreateEnum
CREATE TYPE "movement_kind" AS ENUM ('RECEIPT', 'ADJUSTMENT', 'WRITE_OFF', 'RETURN');

-- CreateEnum
CREATE TYPE "reservation_state" AS ENUM ('RESERVED', 'COMMITTED', 'REJECTED', 'RELEASED', 'CLOSED');

-- CreateTable
CREATE TABLE "variants" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "variants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock" (
    "variant_id" TEXT NOT NULL,
    "available" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "sold" INTEGER NOT NULL DEFAULT 0,
    "received" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stock_pkey" PRIMARY KEY ("variant_id")
);

-- CreateTable
CREATE TABLE "movements" (
    "id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "kind" "movement_kind" NOT NULL,
    "delta" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "movements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservations" (
    "order_id" TEXT NOT NULL,
    "state" "reservation_state" NOT NULL,

    CONSTRAINT "reservations_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "reservation_lines" (
    "order_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "reservation_lines_pkey" PRIMARY KEY ("order_id","variant_id")
);

-- CreateTable
CREATE TABLE "reservation_steps" (
    "order_id" TEXT NOT NULL,
    "state" "reservation_state" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reservation_steps_pkey" PRIMARY KEY ("order_id","state")
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
CREATE INDEX "variants_seller_id_idx" ON "variants"("seller_id");

-- CreateIndex
CREATE INDEX "movements_variant_id_id_idx" ON "movements"("variant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "movements_actor_id_idempotency_key_key" ON "movements"("actor_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_position_key" ON "outbox"("position");

-- CreateIndex
CREATE UNIQUE INDEX "parked_messages_consumer_event_id_key" ON "parked_messages"("consumer", "event_id");

-- AddForeignKey
ALTER TABLE "stock" ADD CONSTRAINT "stock_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "movements" ADD CONSTRAINT "movements_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "stock"("variant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservation_lines" ADD CONSTRAINT "reservation_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "reservations"("order_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservation_lines" ADD CONSTRAINT "reservation_lines_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "stock"("variant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservation_steps" ADD CONSTRAINT "reservation_steps_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "reservations"("order_id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's schema cannot say.

CREATE INDEX "outbox_unpublished" ON "outbox" ("position") WHERE "published_at" IS NULL;

ALTER TABLE "variants" ADD CONSTRAINT "variants_version_positive" CHECK ("version" > 0);

ALTER TABLE "stock"
    ADD CONSTRAINT "stock_available_not_negative" CHECK ("available" >= 0),
    ADD CONSTRAINT "stock_reserved_not_negative" CHECK ("reserved" >= 0),
    ADD CONSTRAINT "stock_sold_not_negative" CHECK ("sold" >= 0),
    -- Each unit that ever came in is somewhere. Written so that the sum cannot overflow.
    ADD CONSTRAINT "stock_adds_up" CHECK ("available"::bigint + "reserved" + "sold" = "received"),
    ADD CONSTRAINT "stock_version_not_negative" CHECK ("version" >= 0);

ALTER TABLE "movements"
    ADD CONSTRAINT "movements_move_something" CHECK ("delta" <> 0),
    ADD CONSTRAINT "movements_direction" CHECK (
        CASE "kind" WHEN 'RECEIPT' THEN "delta" > 0 WHEN 'RETURN' THEN "delta" > 0 WHEN 'WRITE_OFF' THEN "delta" < 0 ELSE true END
    );

ALTER TABLE "reservation_lines" ADD CONSTRAINT "reservation_lines_quantity_positive" CHECK ("quantity" > 0);

ALTER TABLE "parked_messages"
    ADD CONSTRAINT "parked_messages_resolution" CHECK ("resolution" IN ('REPLAYED', 'DISCARDED'));

-- A movement is what changes the stock: nobody can write one without the other, since only this function, with its
-- owner's rights, may write `received`, and `stock_adds_up` ties the other columns to it.
CREATE FUNCTION "apply_movements"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE "stock"
    SET "received" = "stock"."received" + "moved"."delta",
        "available" = "stock"."available" + "moved"."delta",
        "version" = "stock"."version" + 1
    FROM (SELECT "variant_id", sum("delta")::integer AS "delta" FROM "inserted" GROUP BY "variant_id") AS "moved"
    WHERE "stock"."variant_id" = "moved"."variant_id";
    RETURN NULL;
END $$;

CREATE TRIGGER "movements_change_stock" AFTER INSERT ON "movements"
    REFERENCING NEW TABLE AS "inserted" FOR EACH STATEMENT EXECUTE FUNCTION "apply_movements"();

REVOKE UPDATE, DELETE, TRUNCATE ON "movements", "reservation_lines", "reservation_steps" FROM "emporium_inventory";
REVOKE DELETE, TRUNCATE ON "reservations", "variants" FROM "emporium_inventory";
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "stock" FROM "emporium_inventory";
GRANT INSERT ("variant_id"), UPDATE ("available", "reserved", "sold", "version") ON "stock" TO "emporium_inventory";

-- What the auditor sees.

CREATE VIEW "audit_stock" AS
SELECT "stock"."variant_id", "available", "reserved", "sold", coalesce(sum("delta"), 0)::bigint AS "movements_sum"
FROM "stock" LEFT JOIN "movements" ON "movements"."variant_id" = "stock"."variant_id"
GROUP BY "stock"."variant_id";

-- An order for which nothing was ever set aside has one row, without a variant.
CREATE VIEW "audit_reservation" AS
SELECT "reservations"."order_id", "variant_id", coalesce("quantity", 0) AS "quantity",
       "state"::text AS "state", "state" = 'RESERVED' AS "active"
FROM "reservations" LEFT JOIN "reservation_lines" ON "reservation_lines"."order_id" = "reservations"."order_id";

CREATE VIEW "audit_outbox" AS
SELECT "id" AS "event_id", "subject", "aggregate_id", "envelope" ->> 'correlationId' AS "correlation_id",
       "created_at", "published_at", "stream_sequence"
FROM "outbox";

CREATE VIEW "audit_inbox" AS SELECT "consumer", "event_id", "handled_at" FROM "inbox";

CREATE VIEW "audit_parked" AS SELECT "consumer", "event_id", "subject", "reason", "resolution" FROM "parked_messages";

DO $$ BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO emporium_auditor', current_schema());
END $$;
GRANT SELECT ON "audit_stock", "audit_reservation", "audit_outbox", "audit_inbox", "audit_parked" TO "emporium_auditor";
REVOKE ALL ON "audit_stock", "audit_reservation", "audit_outbox", "audit_inbox", "audit_parked" FROM "emporium_inventory";
