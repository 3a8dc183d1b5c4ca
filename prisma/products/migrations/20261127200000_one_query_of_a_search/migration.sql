-- What somebody typed, understood: words, "phrases", -exclusions and OR (websearch_to_tsquery takes anything), or the same with its
-- unfinished last word as a beginning; each mistyped word stands for what it may have meant, such as "mug or rug". A function, so that
-- a statement has one text however many slips there are. It is as immutable as the configuration that it reads.
CREATE FUNCTION shop_query(typed text, unfinished text, mistyped text[], meant text[]) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    understood tsquery := websearch_to_tsquery('shop', typed);
BEGIN
    IF unfinished IS NOT NULL THEN
        understood := understood || (
            websearch_to_tsquery('shop', left(typed, char_length(typed) - char_length(unfinished)))
            && to_tsquery('shop', unfinished || ':*'));
    END IF;
    FOR slip IN 1 .. cardinality(mistyped) LOOP
        understood := ts_rewrite(
            understood, plainto_tsquery('shop', mistyped[slip]), websearch_to_tsquery('shop', meant[slip]));
    END LOOP;
    RETURN understood;
END
$$;

-- The few who do not sell are looked up by nearly every list and search.
CREATE INDEX "sellers_stopped" ON "sellers"("id") WHERE NOT "active";
