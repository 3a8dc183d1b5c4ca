import { orderClaimed } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { Ports } from './ports.ts';

/**
 * An account took over an order that was placed without one: its payment is theirs to see. It may be heard before the payment
 * is asked for. What has been booked stays under the guest's id, and what goes back goes to the card, as before.
 */
export const onOrderClaimed = subscriber(
  orderClaimed,
  async ({ claimedOrders }: Ports, { payload: { orderId, buyerId } }) => {
    await claimedOrders.claim(orderId, buyerId);
    return ack;
  },
);
