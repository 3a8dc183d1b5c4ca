/** A rule, and the SQL that finds what breaks it: no row means that it holds. */
export type Invariant = { readonly rule: string; readonly sql: string };

const owners = ['users', 'products', 'inventory', 'orders', 'payments'] as const;

const everywhere = (view: string, columns: string): string =>
  owners.map((owner) => `SELECT ${columns} FROM ${owner}.${view}`).join(' UNION ALL ');

/** Legal moves of an order's status. */
const edges = [
  'PENDING>RESERVED',
  'PENDING>FAILED',
  'PENDING>CANCELLED',
  'RESERVED>CONFIRMED',
  'RESERVED>FAILED',
  'RESERVED>CANCELLED',
  'CONFIRMED>SHIPPED',
  'CONFIRMED>CANCELLED',
  // What was behind is called off.
  'CONFIRMED>DELIVERED',
  'CONFIRMED>COMPLETED',
  'SHIPPED>DELIVERED',
  'SHIPPED>COMPLETED',
  'DELIVERED>COMPLETED',
];

/** What must hold whenever no event is on its way. */
export const invariants: readonly Invariant[] = [
  {
    rule: 'stock is never negative and is the sum of its movements',
    sql: `SELECT * FROM inventory.audit_stock
      WHERE available < 0 OR reserved < 0 OR available + reserved + sold <> movements_sum`,
  },
  {
    rule: 'the same at each location',
    sql: `SELECT * FROM inventory.audit_stock_level
      WHERE available < 0 OR reserved < 0 OR sold < 0 OR available + reserved + sold <> movements_sum`,
  },
  {
    rule: 'what is reserved at a location is what active reservations take there',
    sql: `SELECT level.variant_id, level.location_id, level.reserved, held.quantity FROM inventory.audit_stock_level level
      LEFT JOIN (
        SELECT variant_id, location_id, sum(quantity) AS quantity FROM inventory.audit_allocation WHERE active GROUP BY 1, 2
      ) held USING (variant_id, location_id)
      WHERE level.reserved <> coalesce(held.quantity, 0)`,
  },
  {
    rule: 'what is sold at a location is what committed reservations took there',
    sql: `SELECT level.variant_id, level.location_id, level.sold, taken.quantity FROM inventory.audit_stock_level level
      LEFT JOIN (
        SELECT variant_id, location_id, sum(quantity) AS quantity FROM inventory.audit_allocation
        WHERE state = 'COMMITTED' GROUP BY 1, 2
      ) taken USING (variant_id, location_id)
      WHERE level.sold <> coalesce(taken.quantity, 0)`,
  },
  {
    rule: 'a reservation takes from locations exactly what its lines say, but for what waits',
    sql: `SELECT order_id, variant_id, line.quantity, line.waiting, taken.quantity AS taken FROM inventory.audit_reservation line
      LEFT JOIN (
        SELECT order_id, variant_id, sum(quantity) AS quantity FROM inventory.audit_allocation GROUP BY 1, 2
      ) taken USING (order_id, variant_id)
      WHERE line.waiting < 0 OR line.quantity <> coalesce(taken.quantity, 0) + line.waiting`,
  },
  {
    rule: 'no more waits than was allowed when the last was promised',
    sql: `SELECT * FROM (
        SELECT *, sum(waiting) OVER (PARTITION BY variant_id ORDER BY position) AS waiting_then
        FROM inventory.audit_backorder WHERE active
      ) backorder WHERE waiting_then > limit_then`,
  },
  {
    rule: 'an order waits until it ends, and no longer',
    sql: "SELECT * FROM inventory.audit_backorder WHERE active <> (state IN ('RESERVED', 'COMMITTED'))",
  },
  {
    rule: 'nothing can be ordered that somebody waits for',
    sql: `SELECT level.* FROM inventory.audit_stock_level level JOIN inventory.audit_backorder waiter USING (variant_id)
      WHERE level.active AND level.available > 0 AND waiter.active AND waiter.waiting > 0`,
  },
  {
    rule: 'an order knows what it waits for',
    sql: `SELECT line.order_id, line.variant_id, line.backordered, waiter.waiting FROM orders.audit_order_line line
      LEFT JOIN inventory.audit_backorder waiter
        ON waiter.order_id = line.order_id AND waiter.variant_id = line.variant_id AND waiter.active
      WHERE line.backordered <> coalesce(waiter.waiting, 0)`,
  },
  {
    rule: 'reserved stock is the sum of the active reservations',
    sql: `SELECT stock.variant_id, stock.reserved, held.quantity FROM inventory.audit_stock stock
      LEFT JOIN (SELECT variant_id, sum(quantity - waiting) AS quantity FROM inventory.audit_reservation WHERE active GROUP BY 1) held
        USING (variant_id)
      WHERE stock.reserved <> coalesce(held.quantity, 0)`,
  },
  {
    rule: 'no active reservation outlives its order',
    sql: `SELECT reservation.order_id, orders.status FROM inventory.audit_reservation reservation
      JOIN orders.audit_order orders USING (order_id) WHERE reservation.active AND orders.terminal`,
  },
  {
    rule: 'an order begins PENDING, moves along legal edges only, and its last event is its status',
    sql: `SELECT order_id, history, status FROM orders.audit_order
      WHERE history[1] <> 'PENDING' OR history[cardinality(history)] <> status OR last_sequence <> version OR EXISTS (
        SELECT FROM generate_series(1, cardinality(history) - 1) step
        WHERE history[step] || '>' || history[step + 1] <> ALL (ARRAY[${edges.map((edge) => `'${edge}'`).join(', ')}]))`,
  },
  {
    rule: 'an order costs what its shipments do, and a shipment its goods less discount, with shipping and tax',
    sql: `SELECT order_id, total_minor, shipment.amount FROM orders.audit_order orders
      LEFT JOIN (
        SELECT order_id, sum(amount_minor) AS amount,
          sum(goods_minor - discount_minor + shipping_minor + tax_minor) AS parts, sum(goods_minor) AS goods
        FROM orders.audit_shipment GROUP BY 1
      ) shipment USING (order_id)
      LEFT JOIN (SELECT order_id, sum(total_minor) AS goods FROM orders.audit_order_line GROUP BY 1) line USING (order_id)
      WHERE (total_minor, total_minor, line.goods) IS DISTINCT FROM (shipment.amount, shipment.parts, shipment.goods)`,
  },
  {
    rule: 'an order has one currency, in all that it is asked, paid and given back',
    sql: `SELECT order_id, orders.currency, part.what, part.currency AS not_in FROM orders.audit_order orders
      JOIN (
        SELECT order_id, 'line' AS what, currency FROM orders.audit_order_line
        UNION ALL SELECT order_id, 'shipment', currency FROM orders.audit_shipment
        UNION ALL SELECT order_id, 'payment', currency FROM payments.audit_payment
        UNION ALL SELECT order_id, 'escrow', currency FROM payments.audit_escrow
        UNION ALL SELECT order_id, 'refund', currency FROM payments.audit_refund
        UNION ALL SELECT order_id, 'dispute', currency FROM payments.audit_dispute
      ) part USING (order_id)
      WHERE part.currency <> orders.currency`,
  },
  {
    rule: 'what is captured for a shipment is what its order asked for',
    sql: `SELECT shipment_id, captured, amount_minor FROM payments.audit_escrow
      JOIN orders.audit_shipment USING (shipment_id) WHERE captured NOT IN (0, amount_minor)`,
  },
  {
    rule: 'what goes back of a shipment is what was called off or came back of it, and a shipment that was called off goes back whole',
    sql: `SELECT shipment_id, amount_minor, back_minor, refunded, reclaimed FROM payments.audit_escrow
      JOIN orders.audit_shipment shipment USING (shipment_id, order_id) JOIN orders.audit_order orders USING (order_id)
      WHERE orders.status NOT IN ('FAILED', 'CANCELLED') AND (refunded + reclaimed <> back_minor
        OR (shipment.status = 'CANCELLED' AND back_minor <> amount_minor))`,
  },
  {
    rule: 'an order has of its stock what was ordered, but for what was called off',
    sql: `SELECT order_id, variant_id, line.quantity, line.cancelled, held.quantity AS held FROM orders.audit_order_line line
      JOIN orders.audit_order orders USING (order_id)
      LEFT JOIN inventory.audit_reservation held USING (order_id, variant_id)
      WHERE orders.status NOT IN ('PENDING', 'FAILED', 'CANCELLED')
        AND coalesce(held.quantity, 0) <> line.quantity - line.cancelled`,
  },
  {
    rule: 'what of a line came back is what its returns say',
    sql: `SELECT order_id, variant_id, line.returned, back.units FROM orders.audit_order_line line
      LEFT JOIN (
        SELECT order_id, variant_id, sum(restocked + written_off) AS units FROM orders.audit_return_line GROUP BY 1, 2
      ) back USING (order_id, variant_id)
      WHERE line.returned <> coalesce(back.units, 0)`,
  },
  {
    rule: 'what came back is in stock again or written off, once, as its return says',
    sql: `SELECT return_id, variant_id, line.restocked, line.written_off, moved.returned, moved.written_off AS moved_off
      FROM orders.audit_return_line line FULL JOIN inventory.audit_return moved USING (return_id, variant_id)
      WHERE coalesce(line.restocked + line.written_off, 0) <> coalesce(moved.returned, 0)
        OR coalesce(line.written_off, 0) <> coalesce(moved.written_off, 0)`,
  },
  {
    rule: 'a return gives back what it says, once, and says so when it has',
    sql: `SELECT DISTINCT return_id, line.status, line.refund_minor, refund.amount_minor, refund.settled
      FROM orders.audit_return_line line LEFT JOIN payments.audit_refund refund ON refund.refund_id = line.return_id
      WHERE coalesce(line.refund_minor, 0) <> coalesce(refund.amount_minor, 0)
        OR (refund.settled AND line.status <> 'REFUNDED') OR (NOT refund.settled AND line.status = 'REFUNDED')`,
  },
  {
    rule: 'no coupon is used more often than it may, and every use that stands is counted',
    sql: `SELECT * FROM orders.audit_promotion
      WHERE used > limit_total OR most_by_one > limit_per_user OR (limit_total IS NOT NULL AND redeemed <> used)`,
  },
  {
    rule: 'an order that came to nothing before it was paid has used no coupon',
    sql: `SELECT order_id, status, history FROM orders.audit_redemption JOIN orders.audit_order USING (order_id)
      WHERE taken AND status IN ('FAILED', 'CANCELLED') AND NOT 'CONFIRMED' = ANY (history)`,
  },
  {
    rule: 'every journal sums to zero in each currency',
    sql: `SELECT journal_id, currency, sum(amount) FROM payments.audit_journal GROUP BY 1, 2 HAVING sum(amount) <> 0`,
  },
  {
    rule: 'a balance is the sum of its entries and never negative',
    sql: 'SELECT * FROM payments.audit_balance WHERE balance < 0 OR balance <> entries_sum',
  },
  {
    rule: 'escrow held is what was captured, less what was released and refunded',
    sql: 'SELECT * FROM payments.audit_escrow WHERE held <> captured - released - refunded',
  },
  {
    rule: 'a seller who is paid in another currency has of a shipment what its rate makes of what they kept, half to even',
    sql: `SELECT shipment_id, settled, quotient, rest FROM payments.audit_escrow, LATERAL (
        SELECT (released - reclaimed - commission)::numeric * rate_numerator AS exact
      ) AS due, LATERAL (
        SELECT div(exact, rate_denominator) AS quotient, 2 * mod(exact, rate_denominator) AS rest
      ) AS divided
      WHERE settled <> quotient
        + CASE WHEN rest > rate_denominator THEN 1 WHEN rest = rate_denominator THEN mod(quotient, 2) ELSE 0 END`,
  },
  {
    rule: 'currencies meet only in a journal that says the rate',
    sql: `SELECT journal_id FROM payments.audit_journal JOIN payments.audit_journal_head USING (journal_id)
      GROUP BY journal_id, conversion HAVING count(DISTINCT currency) > 1 AND conversion IS NULL`,
  },
  {
    rule: 'an order is captured at most once and never refunded more',
    sql: 'SELECT * FROM payments.audit_payment WHERE captures > 1 OR refunded_minor > captured_minor',
  },
  {
    rule: 'a failed or cancelled order nets to zero',
    sql: `SELECT payment.* FROM payments.audit_payment payment JOIN orders.audit_order orders USING (order_id)
      WHERE orders.status IN ('FAILED', 'CANCELLED') AND captured_minor <> refunded_minor`,
  },
  {
    rule: 'every published event has one effect, or one parked row, at each of its consumers',
    sql: `WITH published AS (${everywhere('audit_outbox', 'event_id, subject')}),
      settled AS (${everywhere('audit_inbox', 'consumer, event_id')} UNION ${everywhere('audit_parked', 'consumer, event_id')}),
      consumers AS (SELECT DISTINCT consumer, 'emporium.' || replace(split_part(consumer, '_', 2), '-', '.') AS stem FROM settled)
      SELECT consumer, published.event_id, subject FROM published
      JOIN consumers ON published.subject LIKE 'emporium.%'
        AND replace(regexp_replace(published.subject, '\\.v\\d+$', ''), '-', '.') = stem
      WHERE NOT EXISTS (SELECT FROM settled WHERE settled.consumer = consumers.consumer AND settled.event_id = published.event_id)`,
  },
  {
    rule: 'every event is published',
    sql: `SELECT * FROM (${everywhere('audit_outbox', 'event_id, subject, published_at')}) events WHERE published_at IS NULL`,
  },
];
