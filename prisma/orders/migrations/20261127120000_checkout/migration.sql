-- What a checkout is priced by, what was used for each order, and how often coupons were.

-- CreateTable
CREATE TABLE "shipping_rates" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT,
    "country" CHAR(2) NOT NULL,
    "method" TEXT NOT NULL,
    "currency" CHAR(3),
    "flat_minor" BIGINT NOT NULL,
    "per_item_minor" BIGINT NOT NULL,
    "free_from_minor" BIGINT,
    "min_days" INTEGER NOT NULL,
    "max_days" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "shipping_rates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tax_rules" (
    "id" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "region" TEXT,
    "category" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "rate_ppm" INTEGER NOT NULL,
    "inclusive" BOOLEAN NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "tax_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variant_tax_categories" (
    "variant_id" TEXT NOT NULL,
    "category" TEXT NOT NULL,

    CONSTRAINT "variant_tax_categories_pkey" PRIMARY KEY ("variant_id")
);

-- CreateTable
CREATE TABLE "promotions" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT,
    "code" TEXT,
    "code_key" TEXT,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "rate_ppm" INTEGER,
    "amount_minor" BIGINT,
    "currency" CHAR(3),
    "buy" INTEGER,
    "get" INTEGER,
    "minimum_minor" BIGINT,
    "minimum_currency" CHAR(3),
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),
    "limit_total" INTEGER,
    "limit_per_user" INTEGER,
    "redeemed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "promotions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_redemptions" (
    "order_id" TEXT NOT NULL,
    "promotion_id" TEXT NOT NULL,
    "buyer_id" TEXT NOT NULL,
    "redeemed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "given_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "promotion_redemptions_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "coupon_guesses" (
    "buyer_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "wrong" INTEGER NOT NULL,

    CONSTRAINT "coupon_guesses_pkey" PRIMARY KEY ("buyer_id")
);

-- AlterTable
ALTER TABLE "order_addresses" ADD COLUMN "region" TEXT;

-- AlterTable: what was ordered before anything was taken off or added.
ALTER TABLE "orders"
  ADD COLUMN "goods_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "discount_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "shipping_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "tax_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "included_tax_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "coupon_code" TEXT;
UPDATE "orders" SET "goods_minor" = "total_minor";

ALTER TABLE "shipments"
  ADD COLUMN "shipping_method" TEXT,
  ADD COLUMN "goods_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "discount_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "shipping_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "tax_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "included_tax_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "reasons" JSONB NOT NULL DEFAULT '[]';
UPDATE "shipments" SET "goods_minor" = "amount_minor";

ALTER TABLE "order_lines"
  ADD COLUMN "discount_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "tax_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "included_tax_minor" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "reasons" JSONB NOT NULL DEFAULT '[]';

-- CreateIndex
CREATE INDEX "tax_rules_country_idx" ON "tax_rules"("country");

-- CreateIndex
CREATE UNIQUE INDEX "promotions_code_key_key" ON "promotions"("code_key");

-- CreateIndex
CREATE INDEX "promotions_seller_id_id_idx" ON "promotions"("seller_id", "id" DESC);

-- CreateIndex
CREATE INDEX "promotion_redemptions_promotion_id_buyer_id_idx" ON "promotion_redemptions"("promotion_id", "buyer_id");

-- One rate for each way, and one version of a rule at a time; without a seller it is the platform's.
CREATE UNIQUE INDEX "shipping_rates_one_each"
  ON "shipping_rates" (coalesce("seller_id", ''), "country", "method", coalesce("currency", ''));
CREATE UNIQUE INDEX "tax_rules_version"
  ON "tax_rules" ("country", coalesce("region", ''), "category", "version");

-- What the code promises, the database refuses to break.
ALTER TABLE "shipping_rates"
  ADD CONSTRAINT "shipping_rates_method_check" CHECK ("method" IN ('ECONOMY', 'STANDARD', 'EXPRESS')),
  ADD CONSTRAINT "shipping_rates_minor_check" CHECK ("flat_minor" >= 0 AND "per_item_minor" >= 0 AND "free_from_minor" >= 0),
  ADD CONSTRAINT "shipping_rates_currency_check"
    CHECK ("currency" IS NOT NULL OR ("flat_minor" = 0 AND "per_item_minor" = 0 AND "free_from_minor" IS NULL)),
  ADD CONSTRAINT "shipping_rates_days_check" CHECK (0 <= "min_days" AND "min_days" <= "max_days");
ALTER TABLE "tax_rules"
  ADD CONSTRAINT "tax_rules_rate_check" CHECK ("rate_ppm" BETWEEN 0 AND 1000000);
ALTER TABLE "promotions"
  ADD CONSTRAINT "promotions_benefit_check" CHECK (CASE "kind"
    WHEN 'PERCENTAGE' THEN "rate_ppm" BETWEEN 1 AND 1000000 AND num_nonnulls("amount_minor", "currency", "buy", "get") = 0
    WHEN 'FIXED_AMOUNT' THEN "amount_minor" > 0 AND "currency" IS NOT NULL AND num_nonnulls("rate_ppm", "buy", "get") = 0
    WHEN 'BUY_X_GET_Y' THEN "buy" > 0 AND "get" > 0 AND num_nonnulls("rate_ppm", "amount_minor", "currency") = 0
    ELSE false END),
  ADD CONSTRAINT "promotions_code_check" CHECK (("code" IS NULL) = ("code_key" IS NULL)),
  ADD CONSTRAINT "promotions_limits_check"
    CHECK ("code" IS NOT NULL OR num_nonnulls("limit_total", "limit_per_user") = 0),
  ADD CONSTRAINT "promotions_minimum_check" CHECK (num_nulls("minimum_minor", "minimum_currency") IN (0, 2)),
  ADD CONSTRAINT "promotions_redeemed_check" CHECK ("redeemed" >= 0 AND ("limit_total" IS NULL OR "redeemed" <= "limit_total"));
ALTER TABLE "orders"
  ADD CONSTRAINT "orders_amounts_check" CHECK (
    0 <= "discount_minor" AND "discount_minor" <= "goods_minor"
    AND 0 <= least("shipping_minor", "tax_minor", "included_tax_minor"));
ALTER TABLE "shipments"
  ADD CONSTRAINT "shipments_amounts_check" CHECK (
    "amount_minor" = "goods_minor" - "discount_minor" + "shipping_minor" + "tax_minor"
    AND 0 <= "discount_minor" AND "discount_minor" <= "goods_minor"
    AND 0 <= least("shipping_minor", "tax_minor", "included_tax_minor"));
ALTER TABLE "order_lines"
  ADD CONSTRAINT "order_lines_amounts_check" CHECK (
    0 <= "discount_minor" AND "discount_minor" <= "total_minor" AND 0 <= least("tax_minor", "included_tax_minor"));

-- A rule that was in force stays on record.
REVOKE UPDATE, DELETE, TRUNCATE ON "tax_rules" FROM emporium_orders;

-- Who set no rates of their own sends everywhere for nothing, so that an order costs its lines.
INSERT INTO "shipping_rates" ("id", "country", "method", "flat_minor", "per_item_minor", "min_days", "max_days")
SELECT gen_random_uuid()::text, country, 'STANDARD', 0, 0, 2, 10
FROM regexp_split_to_table(
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
  BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
  FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
  IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
  ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
  PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
  TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW', '\s+') AS country;

-- For the auditor.
CREATE VIEW "audit_shipment" AS
SELECT s."id" AS shipment_id, s."order_id", s."amount_minor", s."goods_minor", s."discount_minor", s."shipping_minor",
       s."tax_minor", o."currency"
FROM "shipments" s JOIN "orders" o ON o."id" = s."order_id";

CREATE VIEW "audit_promotion" AS
SELECT p."id" AS promotion_id, p."limit_total", p."limit_per_user", p."redeemed",
       coalesce(r.used, 0) AS used, coalesce(r.most_by_one, 0) AS most_by_one
FROM "promotions" p
LEFT JOIN (
  SELECT "promotion_id", sum(used)::integer AS used, max(used)::integer AS most_by_one
  FROM (
    SELECT "promotion_id", "buyer_id", count(*) AS used
    FROM "promotion_redemptions" WHERE "given_back_at" IS NULL GROUP BY 1, 2
  ) by_buyer GROUP BY 1
) r ON r."promotion_id" = p."id";

CREATE VIEW "audit_redemption" AS
SELECT "order_id", "promotion_id", "given_back_at" IS NULL AS taken FROM "promotion_redemptions";

GRANT SELECT ON "audit_shipment", "audit_promotion", "audit_redemption" TO emporium_auditor;
