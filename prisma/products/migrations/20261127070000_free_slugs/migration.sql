-- So many slugs that no product has or had: the wanted one, and then with numbers at its end. Numbers are given in turn, so nearly
-- all below the next are taken: leaps find where they end in a few looks at the key, however many there are. Somebody who
-- names products after leaps makes it leap further, and no slower; leaps end long before the numbers do.
CREATE FUNCTION free_slugs(wanted text, many int) RETURNS SETOF text
    LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
    taken bigint := 1;
    next bigint := 2;
    middle bigint;
    found int := 0;
BEGIN
    IF NOT EXISTS (SELECT FROM product_slugs WHERE slug = wanted) THEN
        RETURN NEXT wanted;
        found := 1;
    END IF;
    IF found >= many THEN
        RETURN;
    END IF;
    WHILE next < 1::bigint << 40 AND EXISTS (SELECT FROM product_slugs WHERE slug = wanted || '-' || next) LOOP
        taken := next;
        next := next * 2;
    END LOOP;
    WHILE next - taken > 1 LOOP
        middle := (taken + next) / 2;
        IF EXISTS (SELECT FROM product_slugs WHERE slug = wanted || '-' || middle) THEN
            taken := middle;
        ELSE
            next := middle;
        END IF;
    END LOOP;
    WHILE found < many LOOP
        IF NOT EXISTS (SELECT FROM product_slugs WHERE slug = wanted || '-' || next) THEN
            RETURN NEXT wanted || '-' || next;
            found := found + 1;
        END IF;
        next := next + 1;
    END LOOP;
END
$$;

DROP INDEX "product_slugs_stem";
