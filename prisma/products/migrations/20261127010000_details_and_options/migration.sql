-- Nothing joins on any of these, so each stands in the row that it is shown with.
ALTER TABLE "products"
    ADD COLUMN "tags" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "specifications" JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN "options" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "variants" ADD COLUMN "options" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- The last line of defence; the domain says the same with better words.
ALTER TABLE "products"
    ADD CONSTRAINT "products_tags_check" CHECK (cardinality(tags) <= 20),
    ADD CONSTRAINT "products_specifications_check"
        CHECK (jsonb_typeof(specifications) = 'array' AND jsonb_array_length(specifications) <= 50),
    ADD CONSTRAINT "products_options_check" CHECK (cardinality(options) <= 3);
ALTER TABLE "variants" ADD CONSTRAINT "variants_options_check" CHECK (cardinality(options) <= 3);
