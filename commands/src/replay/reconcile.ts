import { setTimeout as delay } from 'node:timers/promises';
import { type AuditQuery, findViolations } from '@emporium/audit';
import type { ShopCatalogue } from './catalogue.ts';
import type { Replayed } from './replay-baskets.ts';

/** One thing that was checked, and what does not fit. */
export type Check = { readonly what: string; readonly wrong: readonly string[] };

/** Reconciles the replayed orders with the catalogue, the stock and the books. */
export const reconcile = async (
  query: AuditQuery,
  replayed: readonly Replayed[],
  catalogue: ShopCatalogue,
): Promise<readonly Check[]> => [
  {
    what: 'every order is CONFIRMED',
    wrong: replayed.flatMap(({ basket, status }) =>
      status === 'CONFIRMED' ? [] : [`invoice ${basket.invoice} is ${status}`],
    ),
  },
  {
    what: 'each order = Σ quantity × catalogue price, to the penny',
    wrong: await wrongTotals(query, replayed, catalogue),
  },
  { what: 'the payments captured are the orders’ totals', wrong: await wrongCaptures(query, replayed) },
  { what: 'stock moved = quantities sold', wrong: await wrongStock(query, replayed, catalogue) },
  { what: 'journals sum to zero, and everything else that must always hold', wrong: await broken(query) },
];

const pennies = (replayed: Replayed, catalogue: ShopCatalogue): bigint => {
  let total = 0n;
  for (const [sku, quantity] of replayed.basket.quantities) {
    total += BigInt(catalogue.get(sku)?.price.times(100).toFixed(0) ?? 0) * BigInt(quantity);
  }
  return total;
};

const wrongTotals = async (
  query: AuditQuery,
  replayed: readonly Replayed[],
  catalogue: ShopCatalogue,
): Promise<string[]> => {
  const rows = await query<{ order_id: string; total_minor: string }>(
    'SELECT order_id, total_minor::text FROM orders.audit_order WHERE order_id = ANY ($1)',
    [replayed.map(({ orderId }) => orderId)],
  );
  const totals = new Map(rows.map((row) => [row.order_id, BigInt(row.total_minor)]));
  return replayed.flatMap((one) => {
    const expected = pennies(one, catalogue);
    const total = totals.get(one.orderId);
    return total === expected
      ? []
      : [`invoice ${one.basket.invoice}: ${total ?? 'no order'} instead of ${expected}`];
  });
};

const wrongCaptures = async (query: AuditQuery, replayed: readonly Replayed[]): Promise<string[]> => {
  const rows = await query<{ order_id: string }>(
    `SELECT orders.order_id FROM orders.audit_order orders LEFT JOIN payments.audit_payment payment USING (order_id)
     WHERE orders.order_id = ANY ($1) AND payment.captured_minor IS DISTINCT FROM orders.total_minor`,
    [replayed.map(({ orderId }) => orderId)],
  );
  return rows.map((row) => `order ${row.order_id}`);
};

const patience = 30_000;

/** CONFIRMED tells inventory to commit, by event: a moment may pass. */
const wrongStock = async (
  query: AuditQuery,
  replayed: readonly Replayed[],
  catalogue: ShopCatalogue,
): Promise<string[]> => {
  const deadline = performance.now() + patience;
  for (;;) {
    const wrong = await differingStock(query, replayed, catalogue);
    if (wrong.length === 0 || performance.now() > deadline) return wrong;
    await delay(200);
  }
};

const differingStock = async (
  query: AuditQuery,
  replayed: readonly Replayed[],
  catalogue: ShopCatalogue,
): Promise<string[]> => {
  const rows = await query<{ variant_id: string; quantity: string }>(
    `SELECT variant_id, sum(quantity)::text AS quantity FROM inventory.audit_reservation
     WHERE order_id = ANY ($1) AND state = 'COMMITTED' GROUP BY variant_id`,
    [replayed.map(({ orderId }) => orderId)],
  );
  const moved = new Map(rows.map((row) => [row.variant_id, Number(row.quantity)]));
  const sold = new Map<string, number>();
  for (const { basket } of replayed) {
    for (const [sku, quantity] of basket.quantities) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
  }
  return [...sold].flatMap(([sku, quantity]) => {
    const units = moved.get(catalogue.get(sku)?.variantId ?? '') ?? 0;
    return units === quantity ? [] : [`${sku}: ${units} moved, ${quantity} sold`];
  });
};

const broken = async (query: AuditQuery): Promise<string[]> => {
  const deadline = performance.now() + patience;
  for (;;) {
    const violations = await findViolations(query);
    if (violations.length === 0 || performance.now() > deadline) {
      return violations.map(({ rule, rows }) => `${rule}: ${JSON.stringify(rows[0])}`);
    }
    await delay(200);
  }
};
