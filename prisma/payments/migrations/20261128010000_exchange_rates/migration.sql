-- What the euro was worth, by which sellers are paid in other currencies than their sales'; and who wants to be.

-- CreateTable
CREATE TABLE "exchange_rates" (
    "id" TEXT NOT NULL,
    "base" TEXT NOT NULL DEFAULT 'EUR',
    "quote" TEXT NOT NULL,
    "rate" DECIMAL(13,6) NOT NULL,
    "on_date" DATE NOT NULL,
    "source" TEXT,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exchange_rates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settlement_choices" (
    "position" BIGSERIAL NOT NULL,
    "seller_id" TEXT NOT NULL,
    "currency" TEXT,
    "chosen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settlement_choices_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE UNIQUE INDEX "exchange_rates_quote_on_date_key" ON "exchange_rates"("quote", "on_date");

-- CreateIndex
CREATE INDEX "settlement_choices_seller_id_position_idx" ON "settlement_choices"("seller_id", "position");

-- What the tables cannot say alone.

ALTER TABLE exchange_rates
  ADD CHECK (base = 'EUR' AND quote ~ '^[A-Z]{3}$' AND quote <> base),
  ADD CHECK (rate > 0 AND rate <= 1000000),
  ADD CONSTRAINT exchange_rates_are_of_no_day_to_come CHECK (on_date <= (set_at AT TIME ZONE 'UTC')::date);
ALTER TABLE settlement_choices ADD CHECK (currency ~ '^[A-Z]{3}$');
-- Of a day there is one rate, for good; what was chosen stays on record, and the last counts.
REVOKE UPDATE, DELETE, TRUNCATE ON exchange_rates, settlement_choices FROM emporium_payments;
REVOKE INSERT ON exchange_rates, settlement_choices FROM emporium_payments;
GRANT INSERT (id, quote, rate, on_date, source, set_by) ON exchange_rates TO emporium_payments;
GRANT INSERT (seller_id, currency) ON settlement_choices TO emporium_payments;

-- What the auditor may see.
CREATE VIEW audit_exchange_rate AS
  SELECT id AS exchange_rate_id, base, quote, rate, on_date, source, set_by, set_at FROM exchange_rates;
CREATE VIEW audit_settlement_choice AS
  SELECT position, seller_id, currency, chosen_at FROM settlement_choices;
REVOKE ALL ON audit_exchange_rate, audit_settlement_choice FROM emporium_payments;
GRANT SELECT ON audit_exchange_rate, audit_settlement_choice TO emporium_auditor;
