-- What options are filtered and counted by: name and value in lower case with a separator between; beside each the same as the
-- seller wrote it. Of a variant its own, of a product all its variants', each once.
ALTER TABLE "variants" ADD COLUMN "option_terms" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "products"
    ADD COLUMN "option_terms" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "option_labels" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

UPDATE "variants" v SET option_terms = ARRAY(
    SELECT lower(name) || E'\x1f' || lower(value) FROM unnest(p.options, v.options) AS option (name, value))
FROM "products" p WHERE p.id = v.product_id AND cardinality(v.options) > 0;
WITH labels AS (
    SELECT DISTINCT ON (v.product_id, term) v.product_id, term, name || E'\x1f' || value AS label
    FROM "variants" v JOIN "products" p ON p.id = v.product_id,
        unnest(v.option_terms, p.options, v.options) AS option (term, name, value)
    ORDER BY v.product_id, term, v.position)
UPDATE "products" p SET option_terms = own.terms, option_labels = own.labels
FROM (SELECT product_id, array_agg(term ORDER BY term) AS terms, array_agg(label ORDER BY term) AS labels
    FROM labels GROUP BY product_id) AS own
WHERE p.id = own.product_id;

-- Without fastupdate: readers would go through a list of what is not sorted in yet.
CREATE INDEX "products_tags_idx" ON "products" USING GIN ("tags") WITH (fastupdate = off);
CREATE INDEX "products_option_terms_idx" ON "products" USING GIN ("option_terms") WITH (fastupdate = off);
