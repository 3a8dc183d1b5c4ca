import type { Invariant } from '@emporium/audit';

/** Rows of `ours` that are not what `theirs` says of them, or that are missing. Both give the same columns, `id` first. */
const unequal = (ours: string, theirs: string): string => `(${theirs}) EXCEPT (${ours})`;

const sellersOf = (owner: 'products' | 'inventory' | 'orders'): Invariant => ({
  rule: `who may sell, as ${owner} knows it, is what users says`,
  sql: unequal(
    `SELECT id, active, version FROM ${owner}.sellers`,
    `SELECT id, status = 'ACTIVE' AS active, version FROM users.sellers`,
  ),
});

const available = `SELECT stock.variant_id, stock.version,
    coalesce(sum(level.available) FILTER (WHERE location.active), 0)::int AS available
  FROM inventory.stock LEFT JOIN inventory.stock_levels level USING (variant_id)
    LEFT JOIN inventory.locations location ON location.id = level.location_id
  WHERE stock.version > 0 GROUP BY 1, 2`;

/**
 * What must hold beside the invariants that always do, once buyers have bought and every fault is over: purchases have
 * come to an end, and whoever keeps a copy has the newest. They read tables, so only an administrator can ask.
 */
export const settledInvariants: readonly Invariant[] = [
  {
    rule: 'every purchase is settled',
    sql: `SELECT order_id, status, history FROM orders.audit_order WHERE status IN ('PENDING', 'RESERVED')`,
  },
  {
    rule: 'an order that goes on is captured, for what it costs',
    sql: `SELECT order_id, orders.status, total_minor, captured_minor FROM orders.audit_order orders
      LEFT JOIN payments.audit_payment payment USING (order_id)
      WHERE orders.status NOT IN ('PENDING', 'RESERVED', 'FAILED', 'CANCELLED')
        AND total_minor <> coalesce(captured_minor, 0)`,
  },
  {
    rule: 'an order that goes on has its stock for good',
    sql: `SELECT order_id, orders.status, variant_id, held.state FROM orders.audit_order_line line
      JOIN orders.audit_order orders USING (order_id)
      LEFT JOIN inventory.audit_reservation held USING (order_id, variant_id)
      WHERE orders.status NOT IN ('PENDING', 'RESERVED', 'FAILED', 'CANCELLED')
        AND held.state IS DISTINCT FROM 'COMMITTED'`,
  },
  {
    rule: 'nothing is left to a person that the shop could have done by itself',
    sql: `SELECT event_id AS id, consumer, reason FROM (${[
      'users',
      'products',
      'inventory',
      'orders',
      'payments',
    ]
      .map((owner) => `SELECT event_id, consumer, reason, resolution FROM ${owner}.audit_parked`)
      .join(' UNION ALL ')}) parked WHERE resolution IS NULL
      UNION ALL SELECT order_id, step, parked_reason FROM orders.purchase_deadlines WHERE parked_at IS NOT NULL`,
  },
  {
    rule: 'no step of a purchase that has ended is waited for',
    sql: `SELECT order_id, step, orders.status FROM orders.purchase_deadlines JOIN orders.audit_order orders USING (order_id)
      WHERE step IN ('RESERVE', 'PAY') AND status NOT IN ('PENDING', 'RESERVED')`,
  },
  {
    rule: 'the catalogue that orders keeps is what products says',
    sql: unequal(
      'SELECT variant_id, price_minor, currency, version FROM orders.catalog_variants',
      'SELECT id, price_minor, currency, version FROM products.variants',
    ),
  },
  {
    rule: 'the variants that inventory keeps are what products says',
    sql: unequal(
      'SELECT id, sku, version FROM inventory.variants',
      'SELECT id, sku, version FROM products.variants',
    ),
  },
  ...(['products', 'inventory', 'orders'] as const).map(sellersOf),
  {
    rule: 'what is available, as orders knows it, is what inventory says',
    sql: unequal('SELECT variant_id, version, available FROM orders.variant_stock', available),
  },
  {
    rule: 'what is in stock, as products shows it, is what inventory says',
    sql: `SELECT stock.variant_id, stock.available, variant.in_stock FROM (${available}) stock
      JOIN products.variants variant ON variant.id = stock.variant_id WHERE variant.in_stock <> (stock.available > 0)`,
  },
];
