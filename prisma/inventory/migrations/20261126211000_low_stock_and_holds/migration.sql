-- AlterTable
ALTER TABLE "stock" ADD COLUMN "low_stock_threshold" INTEGER, ADD COLUMN "is_low" BOOLEAN NOT NULL DEFAULT false;

-- CreateEnum
CREATE TYPE "hold_state" AS ENUM ('ACTIVE', 'RELEASED', 'EXPIRED', 'ORDERED');

-- CreateTable
CREATE TABLE "holds" (
    "id" TEXT NOT NULL,
    "holder_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "state" "hold_state" NOT NULL DEFAULT 'ACTIVE',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hold_allocations" (
    "hold_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "location_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "hold_allocations_pkey" PRIMARY KEY ("hold_id", "location_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "holds_holder_id_idempotency_key_key" ON "holds"("holder_id", "idempotency_key");
CREATE INDEX "holds_due" ON "holds"("expires_at") WHERE "state" = 'ACTIVE';
CREATE INDEX "holds_of_holder" ON "holds"("holder_id", "variant_id") WHERE "state" = 'ACTIVE';

-- AddForeignKey
ALTER TABLE "holds" ADD CONSTRAINT "holds_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "stock"("variant_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "hold_allocations"
    ADD CONSTRAINT "hold_allocations_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "holds"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "hold_allocations_variant_id_location_id_fkey" FOREIGN KEY ("variant_id", "location_id") REFERENCES "stock_levels"("variant_id", "location_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

ALTER TABLE "stock" ADD CONSTRAINT "stock_threshold_not_negative" CHECK ("low_stock_threshold" >= 0);
ALTER TABLE "holds" ADD CONSTRAINT "holds_quantity_positive" CHECK ("quantity" > 0);
ALTER TABLE "hold_allocations" ADD CONSTRAINT "hold_allocations_quantity_positive" CHECK ("quantity" > 0);

CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "hold_allocations"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

REVOKE UPDATE, DELETE, TRUNCATE ON "hold_allocations" FROM "emporium_inventory";
REVOKE UPDATE, DELETE, TRUNCATE ON "holds" FROM "emporium_inventory";
GRANT UPDATE ("state") ON "holds" TO "emporium_inventory";
GRANT UPDATE ("low_stock_threshold", "is_low") ON "stock" TO "emporium_inventory";

-- What the auditor sees: a hold is a reservation whose id no order has.

CREATE OR REPLACE VIEW "audit_reservation" AS
SELECT "reservations"."order_id", "variant_id", coalesce("quantity", 0) AS "quantity",
       "state"::text AS "state", "state" = 'RESERVED' AS "active"
FROM "reservations" LEFT JOIN "reservation_lines" ON "reservation_lines"."order_id" = "reservations"."order_id"
UNION ALL
SELECT "id", "variant_id", "quantity", 'HOLD_' || "state", "state" = 'ACTIVE' FROM "holds";

CREATE OR REPLACE VIEW "audit_allocation" AS
SELECT "order_id", "variant_id", "location_id", "quantity",
       "state"::text AS "state", "state" = 'RESERVED' AS "active"
FROM "reservation_allocations" JOIN "reservations" USING ("order_id")
UNION ALL
SELECT "hold_id", "hold_allocations"."variant_id", "location_id", "hold_allocations"."quantity",
       'HOLD_' || "state", "state" = 'ACTIVE'
FROM "hold_allocations" JOIN "holds" ON "holds"."id" = "hold_id";
