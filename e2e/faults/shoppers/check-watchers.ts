import type { AuditQuery, Violation } from '@emporium/audit';
import type { Bought } from './shoppers.ts';

export type OrderRow = {
  readonly order_id: string;
  readonly status: string;
  readonly history: readonly string[];
};

/** Whether the one is in the other, in its order, whatever lies between. */
const isWithin = (shown: readonly string[], history: readonly string[]): boolean => {
  let from = 0;
  return shown.every((status) => {
    from = history.indexOf(status, from) + 1;
    return from > 0;
  });
};

/** What buyers were told, held against what there is: an order they know exists, and they saw it move as it did. */
export const findMistold = (rows: readonly OrderRow[], bought: readonly Bought[]): readonly Violation[] => {
  const orders = new Map(rows.map((row) => [row.order_id, row]));
  const missing = bought.filter(({ orderId }) => !orders.has(orderId));
  const behind = bought.filter(
    ({ orderId, shown }) => orders.get(orderId)?.status !== shown.at(-1)?.status,
  );
  const unordered = bought.filter(({ shown }) =>
    shown.some(({ sequence }, index) => sequence <= (shown[index - 1]?.sequence ?? -1)),
  );
  const invented = bought.filter(
    ({ orderId, shown }) =>
      !isWithin(
        shown.map(({ status }) => status),
        orders.get(orderId)?.history ?? [],
      ),
  );
  return [
    { rule: 'an order that a client was told of exists', rows: missing },
    { rule: 'a subscriber’s last state is the database’s', rows: behind },
    { rule: 'a subscriber is told each change once, in order', rows: unordered },
    { rule: 'a subscriber is told nothing that did not happen', rows: invented },
  ].filter((violation) => violation.rows.length > 0);
};

/** Asks for what buyers were told of. */
export const checkWatchers = async (
  query: AuditQuery,
  bought: readonly Bought[],
): Promise<readonly Violation[]> =>
  findMistold(
    await query<OrderRow>(
      'SELECT order_id, status, history FROM orders.audit_order WHERE order_id = ANY ($1)',
      [bought.map(({ orderId }) => orderId)],
    ),
    bought,
  );
