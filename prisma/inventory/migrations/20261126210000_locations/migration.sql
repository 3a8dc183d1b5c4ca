-- Stock is kept per variant and location. What there was is at its seller's default location from now on.

-- CreateTable
CREATE TABLE "locations" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "priority" INTEGER NOT NULL DEFAULT 100,
    "is_default" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "locations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_levels" (
    "variant_id" TEXT NOT NULL,
    "location_id" TEXT NOT NULL,
    "available" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "sold" INTEGER NOT NULL DEFAULT 0,
    "received" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stock_levels_pkey" PRIMARY KEY ("variant_id", "location_id")
);

-- CreateTable
CREATE TABLE "reservation_allocations" (
    "order_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "location_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "reservation_allocations_pkey" PRIMARY KEY ("order_id", "variant_id", "location_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "locations_seller_id_code_key" ON "locations"("seller_id", "code");
CREATE UNIQUE INDEX "locations_one_default" ON "locations"("seller_id") WHERE "is_default";
CREATE INDEX "stock_levels_location_id_idx" ON "stock_levels"("location_id");

INSERT INTO "locations" ("id", "seller_id", "code", "name", "is_default")
SELECT gen_random_uuid()::text, "seller_id", 'DEFAULT', 'Default location', true
FROM (SELECT DISTINCT "seller_id" FROM "variants") AS "sellers";

INSERT INTO "stock_levels" ("variant_id", "location_id", "available", "reserved", "sold", "received")
SELECT "variant_id", "locations"."id", "available", "reserved", "sold", "received"
FROM "stock" JOIN "variants" ON "variants"."id" = "variant_id" JOIN "locations" USING ("seller_id");

INSERT INTO "reservation_allocations" ("order_id", "variant_id", "location_id", "quantity")
SELECT "order_id", "variant_id", "location_id", "quantity"
FROM "reservation_lines" JOIN "stock_levels" USING ("variant_id");

ALTER TABLE "movements" ADD COLUMN "location_id" TEXT;
UPDATE "movements" SET "location_id" = "stock_levels"."location_id"
FROM "stock_levels" WHERE "stock_levels"."variant_id" = "movements"."variant_id";
ALTER TABLE "movements" ALTER COLUMN "location_id" SET NOT NULL;

-- AddForeignKey
ALTER TABLE "stock_levels"
    ADD CONSTRAINT "stock_levels_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "stock"("variant_id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "stock_levels_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "locations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "movements" DROP CONSTRAINT "movements_variant_id_fkey",
    ADD CONSTRAINT "movements_variant_id_location_id_fkey" FOREIGN KEY ("variant_id", "location_id") REFERENCES "stock_levels"("variant_id", "location_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "reservation_allocations"
    ADD CONSTRAINT "reservation_allocations_order_id_variant_id_fkey" FOREIGN KEY ("order_id", "variant_id") REFERENCES "reservation_lines"("order_id", "variant_id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "reservation_allocations_variant_id_location_id_fkey" FOREIGN KEY ("variant_id", "location_id") REFERENCES "stock_levels"("variant_id", "location_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

ALTER TABLE "locations" ADD CONSTRAINT "locations_default_is_active" CHECK ("active" OR NOT "is_default");

ALTER TABLE "stock_levels"
    ADD CONSTRAINT "stock_levels_available_not_negative" CHECK ("available" >= 0),
    ADD CONSTRAINT "stock_levels_reserved_not_negative" CHECK ("reserved" >= 0),
    ADD CONSTRAINT "stock_levels_sold_not_negative" CHECK ("sold" >= 0),
    -- Each unit that ever came in is somewhere. Written so that the sum cannot overflow.
    ADD CONSTRAINT "stock_levels_add_up" CHECK ("available"::bigint + "reserved" + "sold" = "received");

ALTER TABLE "reservation_allocations" ADD CONSTRAINT "reservation_allocations_quantity_positive" CHECK ("quantity" > 0);

-- As before, of one location: only this function may write `received`, and `stock_levels_add_up` ties the others to it.
CREATE OR REPLACE FUNCTION "apply_movements"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE "stock_levels"
    SET "received" = "stock_levels"."received" + "moved"."delta",
        "available" = "stock_levels"."available" + "moved"."delta"
    FROM (
        SELECT "variant_id", "location_id", sum("delta")::integer AS "delta" FROM "inserted" GROUP BY 1, 2
    ) AS "moved"
    WHERE "stock_levels"."variant_id" = "moved"."variant_id" AND "stock_levels"."location_id" = "moved"."location_id";
    RETURN NULL;
END $$;

-- Not even the owner rewrites history.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "movements"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "reservation_allocations"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What the auditor sees.

CREATE OR REPLACE VIEW "audit_stock" AS
SELECT "stock"."variant_id", coalesce("level"."available", 0)::integer AS "available",
       coalesce("level"."reserved", 0)::integer AS "reserved", coalesce("level"."sold", 0)::integer AS "sold",
       coalesce("moved"."delta", 0)::bigint AS "movements_sum"
FROM "stock"
LEFT JOIN (
    SELECT "variant_id", sum("available") AS "available", sum("reserved") AS "reserved", sum("sold") AS "sold"
    FROM "stock_levels" GROUP BY 1
) AS "level" USING ("variant_id")
LEFT JOIN (SELECT "variant_id", sum("delta") AS "delta" FROM "movements" GROUP BY 1) AS "moved" USING ("variant_id");

CREATE VIEW "audit_stock_level" AS
SELECT "variant_id", "location_id", "available", "reserved", "sold", coalesce("moved"."delta", 0)::bigint AS "movements_sum"
FROM "stock_levels"
LEFT JOIN (
    SELECT "variant_id", "location_id", sum("delta") AS "delta" FROM "movements" GROUP BY 1, 2
) AS "moved" USING ("variant_id", "location_id");

CREATE VIEW "audit_allocation" AS
SELECT "order_id", "variant_id", "location_id", "quantity",
       "state"::text AS "state", "state" = 'RESERVED' AS "active"
FROM "reservation_allocations" JOIN "reservations" USING ("order_id");

ALTER TABLE "stock" DROP COLUMN "available", DROP COLUMN "reserved", DROP COLUMN "sold", DROP COLUMN "received";

REVOKE UPDATE, DELETE, TRUNCATE ON "reservation_allocations" FROM "emporium_inventory";
REVOKE DELETE, TRUNCATE ON "locations" FROM "emporium_inventory";
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "stock_levels" FROM "emporium_inventory";
GRANT INSERT ("variant_id", "location_id"), UPDATE ("available", "reserved", "sold") ON "stock_levels" TO "emporium_inventory";
GRANT SELECT ON "audit_stock_level", "audit_allocation" TO "emporium_auditor";
REVOKE ALL ON "audit_stock_level", "audit_allocation" FROM "emporium_inventory";
