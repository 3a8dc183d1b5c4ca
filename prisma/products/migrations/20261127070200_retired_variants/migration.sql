-- A retired variant stays for those who bought it, and is sold no more.
ALTER TABLE "variants" ADD COLUMN "active" BOOLEAN NOT NULL DEFAULT true;

-- What is retired makes no product be in stock.
CREATE FUNCTION reckon_stock() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE products SET in_stock = reckoned.in_stock
    FROM (
        SELECT coalesce(bool_or(variants.in_stock AND variants.active), false) AS in_stock
        FROM variants WHERE product_id = NEW.product_id) AS reckoned
    WHERE id = NEW.product_id AND products.in_stock <> reckoned.in_stock;
    RETURN NULL;
END
$$;
CREATE TRIGGER stock_reckoned AFTER UPDATE OF active ON "variants"
    FOR EACH ROW WHEN (OLD.active <> NEW.active) EXECUTE FUNCTION reckon_stock();
