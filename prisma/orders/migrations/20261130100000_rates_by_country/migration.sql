-- A checkout asks for what a country's rates are: the platform's and a few sellers', of however many there are.
CREATE INDEX "shipping_rates_country_seller_id_idx" ON "shipping_rates"("country", "seller_id");
CREATE INDEX "shipping_rates_seller_id_idx" ON "shipping_rates"("seller_id");
