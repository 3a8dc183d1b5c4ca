-- As before, but for the last query: each order's state is looked up by its key. Joined, it was planned once, on whatever the
-- table held at that moment, and read all reservations there are, for each order that was placed.
CREATE OR REPLACE FUNCTION hold_orders(order_ids text[], variant_ids text[])
RETURNS TABLE (order_id text, state reservation_state) LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
#variable_conflict use_column
BEGIN
  -- A row that is not there yet cannot be locked; its name can.
  PERFORM pg_advisory_xact_lock(name.key) FROM (
    SELECT DISTINCT hashtextextended(asked.id, 0) AS key FROM unnest(order_ids) AS asked (id) ORDER BY 1
  ) AS name;
  PERFORM FROM stock
  WHERE stock.variant_id = ANY(variant_ids || ARRAY(
    SELECT line.variant_id FROM reservation_lines AS line WHERE line.order_id = ANY(order_ids)
  ))
  ORDER BY stock.variant_id FOR UPDATE;
  RETURN QUERY
    SELECT asked.id, (SELECT reservations.state FROM reservations WHERE reservations.order_id = asked.id)
    FROM (SELECT DISTINCT unnest(order_ids)) AS asked (id);
END $$;
