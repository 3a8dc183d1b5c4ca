/** Projects histories to the tables beside the live ones, with the projection that the live ones come from. */
import type { OrderId } from '../../application/ports.ts';
import { initial } from '../../domain/order.ts';
import type { Tx } from '../database.ts';
import { readHistories, stepsAfter } from '../history.ts';
import { projectParts, projectOrders as projectRows } from '../read-model.ts';
import { createWrites } from '../writes.ts';
import { rebuiltTables, twins } from './rebuilt-tables.ts';

/** Orders in the order of their ids, so many after one. */
export const nextOrders = async (
  tx: Tx,
  after: OrderId | '',
  limit: number,
): Promise<readonly OrderId[]> => {
  const rows = await tx.$queryRaw<{ id: OrderId }[]>`
    SELECT order_id AS id FROM order_events WHERE sequence = 1 AND order_id > ${after} ORDER BY order_id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
};

/** Orders whose history has gone on since they were projected, or that have come since. */
export const ordersBehind = async (tx: Tx): Promise<readonly OrderId[]> => {
  const rows = await tx.$queryRaw<{ id: OrderId }[]>`
    SELECT history.id
    FROM (SELECT order_id AS id, max(sequence) AS version FROM order_events GROUP BY order_id) AS history
    LEFT JOIN rebuilt_orders AS made ON made.id = history.id
    WHERE made.version IS DISTINCT FROM history.version`;
  return rows.map(({ id }) => id);
};

/** Makes these orders anew from all their events. */
export const projectOrders = async (tx: Tx, ids: readonly OrderId[]): Promise<void> => {
  for (const { rebuilt, order } of twins) {
    await tx.$executeRawUnsafe(`DELETE FROM ${rebuilt} WHERE ${order} = ANY($1::text[])`, ids);
  }
  const histories = [...(await readHistories(tx, ids))];
  const moves = histories.map(([orderId, events]) => ({
    orderId,
    steps: stepsAfter({ order: initial, version: 0 }, events),
  }));
  const writes = createWrites(tx);
  await projectRows(writes, moves, rebuiltTables);
  await writes.flush();
  await projectParts(tx, moves, rebuiltTables);
};
