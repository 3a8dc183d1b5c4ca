-- What follows is used only where a search engine of its own follows the catalogue. Without a row here nothing is noted.
CREATE TABLE "search_index" (
    "name" TEXT NOT NULL,
    -- It has everything: searches may ask it.
    "ready" BOOLEAN NOT NULL DEFAULT false,
    -- Another is being filled beside it.
    "building" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "search_index_pkey" PRIMARY KEY ("name")
);

-- Products that the engine has to be told of, one row each, until it has said that it has them.
CREATE TABLE "search_changes" (
    "product_id" TEXT NOT NULL,
    -- A later change of the product has a higher one: what was read before it does not settle it.
    "position" BIGSERIAL NOT NULL,
    -- It changed; that goes before what only a rebuild asks for.
    "changed" BOOLEAN NOT NULL DEFAULT true,
    -- The index that is being filled does not have it yet.
    "unbuilt" BOOLEAN NOT NULL DEFAULT false,
    -- Somebody is at it until then.
    "claimed_until" TIMESTAMPTZ(3),

    CONSTRAINT "search_changes_pkey" PRIMARY KEY ("product_id")
);
CREATE INDEX "search_changes_due" ON "search_changes"("changed" DESC, "position");
CREATE INDEX "search_changes_unbuilt" ON "search_changes"("unbuilt") WHERE "unbuilt";

-- In the transaction that writes the product, in order of ids, so that two transactions meet in the same order.
CREATE FUNCTION note_search_changes() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM search_index) THEN
        INSERT INTO search_changes (product_id) SELECT id FROM written ORDER BY id
        ON CONFLICT (product_id) DO UPDATE SET position = excluded.position, changed = true;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER new_to_search AFTER INSERT ON "products"
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_search_changes();
CREATE TRIGGER changed_to_search AFTER UPDATE ON "products"
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION note_search_changes();

-- A seller who stops or starts again changes what can be found of all theirs.
CREATE FUNCTION note_seller_to_search() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM search_index) THEN
        INSERT INTO search_changes (product_id) SELECT id FROM products WHERE seller_id = NEW.id ORDER BY id
        ON CONFLICT (product_id) DO UPDATE SET position = excluded.position, changed = true;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER seller_to_search AFTER UPDATE ON "sellers" FOR EACH ROW
    WHEN (OLD.active IS DISTINCT FROM NEW.active) EXECUTE FUNCTION note_seller_to_search();
