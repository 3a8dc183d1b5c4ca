-- CreateTable
CREATE TABLE "exchange_rates" (
    "id" BIGSERIAL NOT NULL,
    "base" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "rate" DECIMAL(24,6) NOT NULL,
    "on_date" DATE NOT NULL,
    "set_by" TEXT,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exchange_rates_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "exchange_rates_base_quote_on_date_id_idx" ON "exchange_rates"("base", "quote", "on_date", "id");

ALTER TABLE "exchange_rates"
    ADD CONSTRAINT "exchange_rates_pair_check" CHECK (base ~ '^[A-Z]{3}$' AND quote ~ '^[A-Z]{3}$' AND base <> quote),
    ADD CONSTRAINT "exchange_rates_rate_check" CHECK (rate > 0 AND rate <= 1000000);

-- A rate is never changed: a correction is another row of the same day, and the last one counts.
REVOKE UPDATE, DELETE, TRUNCATE ON "exchange_rates" FROM emporium_products;

-- To begin with: after the euro foreign exchange reference rates that the European Central Bank published on 31 December 2024.
-- They are examples; whoever sells sets the day's (`setExchangeRates`).
INSERT INTO "exchange_rates" ("base", "quote", "rate", "on_date") VALUES
    ('EUR', 'USD', 1.0389, '2024-12-31'),
    ('EUR', 'GBP', 0.82918, '2024-12-31'),
    ('EUR', 'INR', 88.9335, '2024-12-31');
