import { linesCancelled } from '@emporium/contracts';
import { ack, park, subscriber } from '@emporium/messaging';
import { handleReservations } from './handle-reservations.ts';
import type { Ports } from './ports.ts';

/** What of an order is not sent after all goes back to where it came from; the rest stays the order's. */
export const onLinesCancelled = subscriber(linesCancelled, async (ports: Ports, received) => {
  const { orderId, cancellationId: causeId, lines } = received.payload;
  const variantIds = lines.map(({ variantId }) => variantId);
  const [decision] = await handleReservations(ports, [received], async () => ({
    type: 'Cut',
    causeId,
    lines,
    ...(await ports.reservations.heldBy(orderId, causeId, variantIds)),
  }));
  if (!decision || decision.ok) return ack;
  if (decision.refusal !== 'NOT_HEARD_OF') {
    return park(`a part of order ${orderId} was called off: ${decision.refusal}`);
  }
  // Placed may still be on its way: the message is tried again, and parked if that does not help.
  throw new Error(`a part of order ${orderId} was called off before it was placed`);
});
