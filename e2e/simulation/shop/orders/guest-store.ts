import { guestForgotten } from '@emporium/contracts';
import { outgoing } from '@emporium/messaging';
import type { GuestOrders } from '../../../../subgraphs/orders/src/application/ports.ts';
import { guestOf } from '../../../../subgraphs/orders/src/domain/guest.ts';
import { partly } from '../../store/not-simulated.ts';
import type { OrdersWithin } from './within.ts';

/** What guests hold of orders, within a transaction. */
export const createGuestStore = ({
  tx,
  tell,
  scheduler,
  tables: { guestOrders },
}: OrdersWithin): GuestOrders =>
  partly<GuestOrders>('orders of guests', {
    keep: async ({ orderId, ...held }) => {
      await tx.statement(`keeps the guest of ${orderId}`);
      await tx.put(guestOrders, orderId, { orderId, ...held });
    },
    find: async (tokenHash) => {
      await tx.statement('looks for the order of a guest');
      return tx.rows(guestOrders).find((held) => held.tokenHash === tokenHash)?.orderId ?? null;
    },
    leave: async (orderId) => {
      await tx.statement(`lets the guest of ${orderId} go`);
      await tx.lock(`${guestOrders.name} ${orderId}`);
      const held = tx.read(guestOrders, orderId);
      if (held) await tx.put(guestOrders, orderId, { ...held, email: null });
    },
    forget: async (orderId) => {
      await tx.statement(`forgets the guest of ${orderId}`);
      await tx.remove(guestOrders, orderId);
      const about = { aggregateId: orderId, correlationId: orderId, occurredAt: scheduler.instant() };
      tell([outgoing(guestForgotten, { orderId, buyerId: guestOf(orderId) }, about)]);
    },
  });
