import { guestForgotten } from '@emporium/contracts';
import { outgoing } from '@emporium/messaging';
import { readDatabaseTime } from '@emporium/subgraph';
import type { FindLeftGuestOrders } from '../application/erase-guest-orders.ts';
import type { GuestOrders, OrderId } from '../application/ports.ts';
import { guestOf } from '../domain/guest.ts';
import type { Tell, Tx } from './database.ts';

/** What guests hold of orders, within a transaction. */
export const createGuestOrders = (tx: Tx, tell: Tell): GuestOrders => ({
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
    await tellOfForgotten(tx, tell, orderId);
  },
  takeLeft: async (orderId, days) => {
    const [taken] = await tx.$queryRaw<{ isGuests: boolean }[]>`
      DELETE FROM guest_orders WHERE order_id = (
        SELECT order_id FROM guest_orders
        WHERE order_id = ${orderId} AND done_at < now() - make_interval(days => ${days}::integer)
        FOR UPDATE SKIP LOCKED)
      RETURNING email IS NOT NULL AS "isGuests"`;
    if (taken?.isGuests) await tellOfForgotten(tx, tell, orderId);
    return taken !== undefined;
  },
});

const tellOfForgotten = async (tx: Tx, tell: Tell, orderId: OrderId): Promise<void> => {
  const about = { aggregateId: orderId, correlationId: orderId, occurredAt: await readDatabaseTime(tx) };
  tell([outgoing(guestForgotten, { orderId, buyerId: guestOf(orderId) }, about)]);
};

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
