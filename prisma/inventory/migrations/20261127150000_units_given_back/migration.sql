-- Parts of an order may be called off: their units go back to where they came from, or wait no longer.

-- CreateTable
CREATE TABLE "reservation_cuts" (
    "order_id" TEXT NOT NULL,
    "cause_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "reservation_cuts_pkey" PRIMARY KEY ("order_id", "cause_id", "variant_id")
);

-- CreateTable
CREATE TABLE "reservation_cut_allocations" (
    "order_id" TEXT NOT NULL,
    "cause_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "location_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "reservation_cut_allocations_pkey" PRIMARY KEY ("order_id", "cause_id", "variant_id", "location_id")
);

-- AddForeignKey
ALTER TABLE "reservation_cuts" ADD CONSTRAINT "reservation_cuts_order_id_variant_id_fkey" FOREIGN KEY ("order_id", "variant_id") REFERENCES "reservation_lines"("order_id", "variant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservation_cut_allocations" ADD CONSTRAINT "reservation_cut_allocations_order_id_cause_id_variant_id_fkey" FOREIGN KEY ("order_id", "cause_id", "variant_id") REFERENCES "reservation_cuts"("order_id", "cause_id", "variant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservation_cut_allocations" ADD CONSTRAINT "reservation_cut_allocations_variant_id_location_id_fkey" FOREIGN KEY ("variant_id", "location_id") REFERENCES "stock_levels"("variant_id", "location_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

ALTER TABLE "reservation_cuts" ADD CONSTRAINT "reservation_cuts_quantity_positive" CHECK ("quantity" > 0);
ALTER TABLE "reservation_cut_allocations" ADD CONSTRAINT "reservation_cut_allocations_quantity_positive" CHECK ("quantity" > 0);

CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "reservation_cuts"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "reservation_cut_allocations"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
REVOKE UPDATE, DELETE, TRUNCATE ON "reservation_cuts", "reservation_cut_allocations" FROM "emporium_inventory";

-- What the auditor sees. A line is what is left of it; what went back of an allocation is a row of its own, below zero.

CREATE OR REPLACE VIEW "audit_reservation" AS
SELECT "reservations"."order_id", "reservation_lines"."variant_id",
       (coalesce("reservation_lines"."quantity", 0) - coalesce((
         SELECT sum("quantity") FROM "reservation_cuts"
         WHERE "reservation_cuts"."order_id" = "reservation_lines"."order_id"
           AND "reservation_cuts"."variant_id" = "reservation_lines"."variant_id"
       ), 0))::integer AS "quantity",
       "state"::text AS "state", "state" = 'RESERVED' AS "active", coalesce("backorders"."waiting", 0) AS "waiting"
FROM "reservations"
LEFT JOIN "reservation_lines" ON "reservation_lines"."order_id" = "reservations"."order_id"
LEFT JOIN "backorders" ON "backorders"."order_id" = "reservation_lines"."order_id"
    AND "backorders"."variant_id" = "reservation_lines"."variant_id"
UNION ALL
SELECT "id", "variant_id", "quantity", 'HOLD_' || "state", "state" = 'ACTIVE', 0 FROM "holds";

CREATE OR REPLACE VIEW "audit_allocation" AS
SELECT "order_id", "variant_id", "location_id", "quantity",
       "state"::text AS "state", "state" = 'RESERVED' AS "active"
FROM "reservation_allocations" JOIN "reservations" USING ("order_id")
UNION ALL
SELECT "order_id", "variant_id", "location_id", -"quantity", "state"::text, "state" = 'RESERVED'
FROM "reservation_cut_allocations" JOIN "reservations" USING ("order_id")
UNION ALL
SELECT "hold_id", "hold_allocations"."variant_id", "location_id", "hold_allocations"."quantity",
       'HOLD_' || "state", "state" = 'ACTIVE'
FROM "hold_allocations" JOIN "holds" ON "holds"."id" = "hold_id";
