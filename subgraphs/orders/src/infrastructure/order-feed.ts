import { asInstant } from '@emporium/domain';
import type { OrderFeed, StatusChange } from '../application/follow-order.ts';
import type { OrderReads } from '../application/reads.ts';
import type { OrderStatus } from '../domain/order.ts';
import type { Tx } from './database.ts';
import type { Wakes } from './wakes.ts';

type Row = { readonly sequence: number; readonly status: OrderStatus; readonly at: Date };

/** Changes of status as the history has them, read whenever something wakes the reader. */
export const createOrderFeed = (
  client: Tx,
  reads: OrderReads,
  wakes: Wakes,
  failed: (error: unknown) => void,
): OrderFeed => ({
  look: async (id, onlooker, after) => {
    const [order] = await reads.orders([id], onlooker);
    if (!order) return null;
    const rows = await client.$queryRaw<Row[]>`
      SELECT sequence, status, at
      FROM (
        SELECT sequence, status, at, lag(status) OVER (ORDER BY sequence) AS before
        FROM order_events WHERE order_id = ${id}
      ) AS event
      WHERE status IS DISTINCT FROM before AND sequence > ${after ?? 0}
      ORDER BY sequence`;
    const all: StatusChange[] = rows.map(({ at, ...row }) => ({ ...row, at: asInstant(at.toISOString()) }));
    const changes = after === null ? all.slice(-1) : all;
    return { status: changes.at(-1)?.status ?? order.status, changes };
  },
  onWake: wakes.on,
  failed,
});
