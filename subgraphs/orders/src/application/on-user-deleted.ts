import { userDeleted } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import { takeOut } from '../domain/cart.ts';
import { callOffUnsent } from './call-off-unsent.ts';
import type { Ports } from './ports.ts';

/**
 * A buyer is gone: what has not been sent is called off, for nobody will know where to, and whatever tells who they were goes.
 * The orders stay. The cart is held from the start, so that an order of theirs that is being placed comes before or not at all.
 */
export const onUserDeleted = subscriber(userDeleted, async (ports: Ports, { payload: { userId } }) => {
  const cart = await ports.carts.open(userId);
  await ports.deletedUsers.add(userId);
  const by = { id: userId, isAdmin: false };
  for (const orderId of await ports.orders.unfinishedOf(userId)) await callOffUnsent(ports, orderId, by);
  await ports.privateRecords.eraseAllOf(userId);
  await ports.carts.change(cart, 'REMOVED', takeOut(cart.lines));
  await ports.carts.forgetMerged(cart.id);
  return ack;
});
