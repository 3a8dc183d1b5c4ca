import { guestForgotten } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { Ports } from './ports.ts';

/** Whoever has the token of a forgotten guest's order is not shown its payment by it, also when it is asked for only now. */
export const onGuestForgotten = subscriber(
  guestForgotten,
  async ({ claimedOrders }: Ports, { payload: { orderId, buyerId } }) => {
    await claimedOrders.close(orderId, buyerId);
    return ack;
  },
);
