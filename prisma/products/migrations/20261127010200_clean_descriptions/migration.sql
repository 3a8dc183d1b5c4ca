-- Descriptions become HTML, of which only formatting is kept; those that are there are text, and stay what they say.
ALTER TABLE "products"
    ADD COLUMN "description_text" TEXT,
    DROP CONSTRAINT "products_description_check";
UPDATE "products" SET
    description_text = description,
    description = replace(replace(replace(description, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
WHERE description IS NOT NULL;
-- A character may be written as five, and a seller may write 10,000.
ALTER TABLE "products"
    ADD CONSTRAINT "products_description_check" CHECK (char_length(description) <= 100000),
    ADD CONSTRAINT "products_description_text_check" CHECK (char_length(description_text) <= 10000);

-- Searched is what a description says, and not how it looks.
DROP INDEX "products_document_idx";
DROP INDEX "products_title_words";
ALTER TABLE "products" DROP COLUMN "document";
ALTER TABLE "products" ADD COLUMN "document" tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('shop'::regconfig, title), 'A')
    || setweight(to_tsvector('shop'::regconfig, variant_terms), 'B')
    || setweight(to_tsvector('shop'::regconfig, COALESCE(description_text, '')), 'C')
) STORED;
CREATE INDEX "products_document_idx" ON "products" USING GIN ("document") WITH (fastupdate = off);
CREATE INDEX "products_title_words" ON "products" USING GIN (ts_filter("document", '{a}')) WITH (fastupdate = off);
