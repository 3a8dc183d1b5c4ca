import { orderConfirmed } from '@emporium/contracts';
import { ack, batchSubscriber, park } from '@emporium/messaging';
import { handleReservations, mostTogether } from './handle-reservations.ts';
import type { Ports } from './ports.ts';

/** Nobody waits for it: in a rush it may be so many milliseconds late, for the sake of fewer transactions. */
const lateMs = 250;

/** A confirmed order's stock has left the shelf for good. */
export const onOrderConfirmed = batchSubscriber(
  orderConfirmed,
  mostTogether,
  async (ports: Ports, received) => {
    const decisions = await handleReservations(ports, received, () => ({ type: 'Commit' }));
    for (const [index, decision] of decisions.entries()) {
      if (decision.ok) continue;
      const orderId = received[index]?.payload.orderId;
      if (decision.refusal === 'NOTHING_RESERVED') {
        return park(`order ${orderId} was confirmed although its stock had been refused`);
      }
      // Placed may still be on its way: the message is tried again, and parked if that does not help.
      throw new Error(`order ${orderId} was confirmed before it was placed`);
    }
    return ack;
  },
  { everyMs: lateMs },
);
