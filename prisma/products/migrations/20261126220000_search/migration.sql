-- English, and accents make no difference.
CREATE TEXT SEARCH CONFIGURATION shop (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION shop ALTER MAPPING FOR word, hword, hword_part WITH unaccent, english_stem;

-- Written by the database; the title weighs most, then SKUs and variant titles, then the description.
DROP INDEX "products_document_idx";
ALTER TABLE "products" DROP COLUMN "document";
ALTER TABLE "products" ADD COLUMN "document" tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('shop'::regconfig, title), 'A')
    || setweight(to_tsvector('shop'::regconfig, variant_terms), 'B')
    || setweight(to_tsvector('shop'::regconfig, COALESCE(description, '')), 'C')
) STORED;
-- Without fastupdate: readers would go through a list of what is not sorted in yet.
CREATE INDEX "products_document_idx" ON "products" USING GIN ("document") WITH (fastupdate = off);

-- What has the words in its title comes first, however many have them elsewhere.
CREATE INDEX "products_title_words" ON "products" USING GIN (ts_filter("document", '{a}')) WITH (fastupdate = off);

-- CreateTable
CREATE TABLE "search_words" (
    "word" TEXT COLLATE "C" NOT NULL,
    "lexeme" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "search_words_pkey" PRIMARY KEY ("word")
);

-- CreateIndex
CREATE INDEX "search_words_lexeme_idx" ON "search_words"("lexeme");

-- Finds the words that look like a mistyped one.
CREATE INDEX "search_words_look" ON "search_words" USING GIN ("word" gin_trgm_ops) WITH (fastupdate = off);

-- The words of a text that may be mistyped: of letters alone, in lower case without accents. What is beyond ASCII and is no
-- punctuation, symbol or emoji counts as a letter, whatever the database's locale.
CREATE FUNCTION words_of(text text) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT word
    FROM regexp_split_to_table(lower(unaccent(text)), '[\u0001-/:-@[-`{-¿\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\U0001f000-\U0001ffff]+') AS word
    WHERE char_length(word) BETWEEN 3 AND 40 AND word !~ '[0-9]'
$$;

-- The words that look like this one, most alike first. A word of four letters shares few trigrams with what it is after a slip.
CREATE FUNCTION words_like(typed text, most int) RETURNS SETOF text LANGUAGE sql STABLE
SET pg_trgm.similarity_threshold = 0.2 AS $$
    SELECT word FROM search_words WHERE word % typed ORDER BY similarity(word, typed) DESC, word LIMIT most
$$;

-- What a word is searched by; null for words that are left out of every search, such as "the".
CREATE FUNCTION lexeme_of(word text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (tsvector_to_array(to_tsvector('shop'::regconfig, word)))[1]
$$;

-- In the same transaction as the product. Words stay when no product has them any more: they correct to nothing that is found.
-- In order of the words, so that two transactions with the same new ones meet in the same order.
CREATE FUNCTION learn_words() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO search_words (word, lexeme)
    SELECT word, lexeme_of(word)
    FROM (SELECT DISTINCT words_of(title || ' ' || variant_terms) AS word FROM written) AS words
    WHERE lexeme_of(word) IS NOT NULL AND NOT EXISTS (SELECT FROM search_words known WHERE known.word = words.word)
    ORDER BY word
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER new_words AFTER INSERT ON "products"
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION learn_words();
CREATE TRIGGER changed_words AFTER UPDATE ON "products"
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION learn_words();

INSERT INTO search_words (word, lexeme)
SELECT word, lexeme_of(word)
FROM (SELECT DISTINCT words_of(title || ' ' || variant_terms) AS word FROM products) AS words
WHERE lexeme_of(word) IS NOT NULL;
