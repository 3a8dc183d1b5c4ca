-- Only what is on sale teaches words: a draft shows nobody its words, and its slips stand in nobody's way.
CREATE OR REPLACE FUNCTION learn_words() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO search_words (word, lexeme)
    SELECT word, lexeme_of(word)
    FROM (SELECT DISTINCT words_of(title || ' ' || variant_terms) AS word FROM written WHERE status = 'ACTIVE') AS words
    WHERE lexeme_of(word) IS NOT NULL AND NOT EXISTS (SELECT FROM search_words known WHERE known.word = words.word)
    ORDER BY word
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

-- Cleaning makes HTML longer: what may come in is limited where it comes in, and what it says with it.
ALTER TABLE "products"
    DROP CONSTRAINT "products_description_check",
    DROP CONSTRAINT "products_description_text_check",
    ADD CONSTRAINT "products_description_check" CHECK (char_length(description) <= 1000000),
    ADD CONSTRAINT "products_description_text_check" CHECK (char_length(description_text) <= 100000);
