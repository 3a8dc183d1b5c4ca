/** Many orders at once, for tests: written to what screens read, with no history behind them. */
import type { Tx } from './infrastructure/database.ts';

/**
 * One order a minute back from now, each of one line. Every second one is of the buyer `regular`, who sells nothing; every
 * hundredth CANCELLED; all were received by `wholesaler`, of whose shipments the newest ten are PENDING.
 */
export const storeOrders = async (client: Tx, from: number, to: number): Promise<void> => {
  await client.$executeRaw`
    WITH stored AS (
      INSERT INTO orders (id, number, buyer_id, status, version, total_minor, goods_minor, currency, payment_method, placed_at)
      SELECT uuidv7(n * interval '-1 minute')::text, regexp_replace(upper(left(md5(n::text), 12)), '(.{4})(?=.)', '\\1-', 'g'),
        CASE WHEN n % 2 = 0 THEN 'regular' ELSE 'buyer ' || n END,
        CASE WHEN n % 100 = 0 THEN 'CANCELLED' ELSE 'COMPLETED' END, 1, n, n, 'GBP', 'CARD', now() - n * interval '1 minute'
      FROM generate_series(${from}::integer, ${to}::integer) AS each (n)
      RETURNING id, total_minor AS n
    ), shipped AS (
      INSERT INTO shipments (id, order_id, position, seller_id, status, amount_minor, goods_minor)
      SELECT 'shipment ' || n, id, 1, 'wholesaler', CASE WHEN n <= 10 THEN 'PENDING' ELSE 'DELIVERED' END, n, n FROM stored
      RETURNING id, order_id, amount_minor AS n
    ), received AS (
      INSERT INTO received_orders (seller_id, sequence, order_id, at) SELECT 'wholesaler', n, id, now() FROM stored
    )
    INSERT INTO order_lines (order_id, position, shipment_id, variant_id, title, quantity, unit_price_minor, total_minor)
    SELECT order_id, 1, id, 'variant ' || n % 5000, CASE WHEN n % 1000 = 0 THEN '=A rare vase' ELSE 'A plain mug' END, 1, n, n
    FROM shipped`;
};
