import type { AuditQuery, Violation } from '@emporium/audit';
import type { Bought } from './shoppers.ts';

type OrderRow = { order_id: string; status: string; history: string[] };

/** What buyers were told, held against the database: an order they know exists, and they saw it move as it did. */
export const checkWatchers = async (query: AuditQuery, bought: readonly Bought[]): Promise<Violation[]> => {
  const rows = await query<OrderRow>(
    'SELECT order_id, status, history FROM orders.audit_order WHERE order_id = ANY ($1)',
    [bought.map(({ orderId }) => orderId)],
  );
  const orders = new Map(rows.map((row) => [row.order_id, row]));
  const missing = bought.filter(({ orderId }) => !orders.has(orderId));
  const behind = bought.filter(
    ({ orderId, shown }) => orders.get(orderId)?.status !== shown.at(-1)?.status,
  );
  const unordered = bought.filter(({ shown }) =>
    shown.some(({ sequence }, index) => sequence <= (shown[index - 1]?.sequence ?? -1)),
  );
  return [
    { rule: 'an order that a client was told of exists', rows: missing },
    { rule: 'a subscriber’s last state is the database’s', rows: behind },
    { rule: 'a subscriber is told each change once, in order', rows: unordered },
  ].filter((violation) => violation.rows.length > 0);
};
