-- What runs out is listed for its seller, and is little of all that there is.
CREATE INDEX "stock_low" ON "stock" ("variant_id") WHERE is_low;
