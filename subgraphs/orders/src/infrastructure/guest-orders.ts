import type { FindLeftGuestOrders } from '../application/erase-guest-orders.ts';
import type { GuestOrders, OrderId } from '../application/ports.ts';
import type { Tx } from './database.ts';

/** What guests hold of orders, within a transaction. */
export const createGuestOrders = (tx: Tx): GuestOrders => ({
  keep: async (order) => {
    await tx.guestOrder.create({ data: order });
  },
  find: async (tokenHash) => {
    const row = await tx.guestOrder.findUnique({ where: { tokenHash }, select: { orderId: true } });
    return (row?.orderId as OrderId | undefined) ?? null;
  },
  leave: async (orderId) => {
    await tx.$executeRaw`UPDATE guest_orders SET email = NULL, done_at = now() WHERE order_id = ${orderId}`;
  },
  forget: async (orderId) => {
    await tx.$executeRaw`DELETE FROM guest_orders WHERE order_id = ${orderId}`;
  },
  takeLeft: async (orderId, days) => {
    const taken = await tx.$executeRaw`
      DELETE FROM guest_orders WHERE order_id = (
        SELECT order_id FROM guest_orders
        WHERE order_id = ${orderId} AND done_at < now() - make_interval(days => ${days}::integer)
        FOR UPDATE SKIP LOCKED)`;
    return taken === 1;
  },
});

/** From an order's end on the days are counted. */
export const endGuestOrders = async (tx: Tx, ids: readonly OrderId[]): Promise<void> => {
  await tx.$executeRaw`UPDATE guest_orders SET done_at = now() WHERE order_id = ANY(${ids}) AND done_at IS NULL`;
};

export const createFindLeftGuestOrders =
  (client: Tx): FindLeftGuestOrders =>
  async (days, limit) => {
    const rows = await client.$queryRaw<{ id: OrderId }[]>`
      SELECT order_id AS id FROM guest_orders
      WHERE done_at < now() - make_interval(days => ${days}::integer) ORDER BY done_at LIMIT ${limit}`;
    return rows.map(({ id }) => id);
  };
