-- A seller may let more of a variant be ordered than there is. What a line is short of waits, and comes in parts.

-- AlterTable
ALTER TABLE "stock" ADD COLUMN "backorder" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "backorder_limit" INTEGER;

-- AlterTable
ALTER TABLE "reservation_allocations" ADD COLUMN "part" INTEGER NOT NULL DEFAULT 0,
    DROP CONSTRAINT "reservation_allocations_pkey",
    ADD CONSTRAINT "reservation_allocations_pkey" PRIMARY KEY ("order_id", "variant_id", "location_id", "part");

-- CreateTable
CREATE TABLE "backorders" (
    "order_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "quantity" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "dropped" BOOLEAN NOT NULL DEFAULT false,
    "limit_then" INTEGER,

    CONSTRAINT "backorders_pkey" PRIMARY KEY ("order_id", "variant_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "backorders_position_key" ON "backorders"("position");

-- AddForeignKey
ALTER TABLE "backorders" ADD CONSTRAINT "backorders_order_id_variant_id_fkey" FOREIGN KEY ("order_id", "variant_id") REFERENCES "reservation_lines"("order_id", "variant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

CREATE INDEX "backorders_waiting" ON "backorders"("variant_id", "position") INCLUDE ("waiting") WHERE "waiting" > 0 AND NOT "dropped";

ALTER TABLE "stock" ADD CONSTRAINT "stock_backorder_limit" CHECK ("backorder_limit" IS NULL OR ("backorder_limit" > 0 AND "backorder"));
ALTER TABLE "reservation_allocations" ADD CONSTRAINT "reservation_allocations_part_not_negative" CHECK ("part" >= 0);
ALTER TABLE "backorders"
    ADD CONSTRAINT "backorders_quantity_positive" CHECK ("quantity" > 0),
    ADD CONSTRAINT "backorders_waiting_some_of_it" CHECK ("waiting" BETWEEN 0 AND "quantity"),
    ADD CONSTRAINT "backorders_within_limit" CHECK ("quantity" <= "limit_then");

-- What was promised stands: only what waits becomes fewer, and only once is it dropped.
REVOKE UPDATE, DELETE, TRUNCATE ON "backorders" FROM "emporium_inventory";
GRANT UPDATE ("waiting", "dropped") ON "backorders" TO "emporium_inventory";
GRANT UPDATE ("backorder", "backorder_limit") ON "stock" TO "emporium_inventory";

-- What the auditor sees.

-- `waiting` is what never came: of an ended order it stays as it was then.
CREATE OR REPLACE VIEW "audit_reservation" AS
SELECT "reservations"."order_id", "reservation_lines"."variant_id", coalesce("reservation_lines"."quantity", 0) AS "quantity",
       "state"::text AS "state", "state" = 'RESERVED' AS "active", coalesce("backorders"."waiting", 0) AS "waiting"
FROM "reservations"
LEFT JOIN "reservation_lines" ON "reservation_lines"."order_id" = "reservations"."order_id"
LEFT JOIN "backorders" ON "backorders"."order_id" = "reservation_lines"."order_id"
    AND "backorders"."variant_id" = "reservation_lines"."variant_id"
UNION ALL
SELECT "id", "variant_id", "quantity", 'HOLD_' || "state", "state" = 'ACTIVE', 0 FROM "holds";

CREATE OR REPLACE VIEW "audit_stock_level" AS
SELECT "variant_id", "location_id", "available", "reserved", "sold", coalesce("moved"."delta", 0)::bigint AS "movements_sum",
       "locations"."active"
FROM "stock_levels"
JOIN "locations" ON "locations"."id" = "location_id"
LEFT JOIN (
    SELECT "variant_id", "location_id", sum("delta") AS "delta" FROM "movements" GROUP BY 1, 2
) AS "moved" USING ("variant_id", "location_id");

CREATE VIEW "audit_backorder" AS
SELECT "order_id", "variant_id", "position", "backorders"."quantity", "waiting", "limit_then",
       "state"::text AS "state", NOT "dropped" AS "active"
FROM "backorders" JOIN "reservations" USING ("order_id");

GRANT SELECT ON "audit_backorder" TO "emporium_auditor";
REVOKE ALL ON "audit_backorder" FROM "emporium_inventory";
