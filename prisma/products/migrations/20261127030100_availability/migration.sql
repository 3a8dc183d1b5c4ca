-- Whether a variant can be ordered, as inventory last told, and whether any of a product's can. No index has them: a flip then
-- touches none of the product's indexes, and most of a shop is in stock.
ALTER TABLE "variants" ADD COLUMN "in_stock" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "stock_version" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "products" ADD COLUMN "in_stock" BOOLEAN NOT NULL DEFAULT false;

-- What was told of variants that are not here yet.
CREATE TABLE "stock_ahead" (
    "variant_id" TEXT NOT NULL,
    "in_stock" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "stock_ahead_pkey" PRIMARY KEY ("variant_id")
);

-- Held by whoever keeps news of unknown variants, and shared by whoever adds variants: neither can miss the other.
CREATE FUNCTION lock_stock_ahead(alone boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF alone THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('products: stock ahead', 0));
    ELSE
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('products: stock ahead', 0));
    END IF;
END
$$;

-- New variants take what was told of them before they came.
CREATE FUNCTION take_stock_ahead() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM lock_stock_ahead(false);
    IF EXISTS (SELECT FROM stock_ahead) THEN
        WITH taken AS (
            DELETE FROM stock_ahead USING written WHERE variant_id = written.id
            RETURNING variant_id, stock_ahead.in_stock, stock_ahead.version
        )
        UPDATE variants SET in_stock = taken.in_stock, stock_version = taken.version
        FROM taken WHERE id = variant_id;
        UPDATE products SET in_stock = true
        WHERE NOT in_stock AND id IN (
            SELECT variants.product_id FROM written JOIN variants ON variants.id = written.id WHERE variants.in_stock);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER stock_told_before AFTER INSERT ON "variants"
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION take_stock_ahead();
