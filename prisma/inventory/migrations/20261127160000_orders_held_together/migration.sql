-- Holds orders and then stock, in one statement, until the transaction ends: these orders, and the stock of these variants
-- and of all that the orders have. Each in one order for all, so that nobody waits in a circle. Answers the orders' states
-- (null: not heard of) as they are once held: a volatile function sees, statement by statement, what was committed meanwhile;
-- a plain statement would see what was there before it waited.
CREATE FUNCTION hold_orders(order_ids text[], variant_ids text[])
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
    SELECT DISTINCT asked.id, reservations.state
    FROM unnest(order_ids) AS asked (id) LEFT JOIN reservations ON reservations.order_id = asked.id;
END $$;
