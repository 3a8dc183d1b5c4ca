import { guestOf, isGuest } from '../domain/guest.ts';
import { callOffUnsent } from './call-off-unsent.ts';
import type { Fingerprint } from './place-order.ts';
import type { Transact } from './ports.ts';

/**
 * A guest does not want to be known any more: what has not been sent is called off, for nobody will know where to, and whatever
 * tells who they were goes, as with an account that is deleted. False when the token opens no order of a guest's.
 */
export const forgetGuest =
  (transact: Transact, fingerprint: Fingerprint) =>
  (orderToken: string): Promise<boolean> =>
    transact(async (ports) => {
      const orderId = await ports.guestOrders.find(fingerprint(orderToken));
      if (!orderId) return false;
      const { order } = await ports.orders.load(orderId);
      if (order.phase === 'ABSENT' || !isGuest(order.buyerId)) return false;
      const guest = guestOf(orderId);
      await ports.deletedUsers.add(guest);
      // What was sent goes on to its end, and the address stays as long as it is needed.
      await callOffUnsent(ports, orderId, { id: guest, isAdmin: false });
      await ports.privateRecords.eraseAllOf(guest);
      await ports.guestOrders.forget(orderId);
      return true;
    });
