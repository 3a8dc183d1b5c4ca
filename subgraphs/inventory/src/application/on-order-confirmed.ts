import { orderConfirmed } from '@emporium/contracts';
import { ack, park, subscriber } from '@emporium/messaging';
import { handleReservation } from './handle-reservation.ts';
import type { Ports } from './ports.ts';

/** A confirmed order's stock has left the shelf for good. */
export const onOrderConfirmed = subscriber(orderConfirmed, async (ports: Ports, { payload }) => {
  const decision = await handleReservation(ports, payload.orderId, () => ({ type: 'Commit' }));
  if (decision.ok) return ack;
  if (decision.refusal === 'NOTHING_RESERVED') {
    return park(`order ${payload.orderId} was confirmed although its stock had been refused`);
  }
  // Placed may still be on its way: the message is tried again, and parked if that does not help.
  throw new Error(`order ${payload.orderId} was confirmed before it was placed`);
});
