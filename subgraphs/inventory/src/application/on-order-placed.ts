import { orderPlaced } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import { handleReservation } from './handle-reservation.ts';
import type { Ports } from './ports.ts';

/** A placed order has all its lines set aside, or none. */
export const onOrderPlaced = subscriber(orderPlaced, async (ports: Ports, { payload }) => {
  const { orderId, lines } = payload;
  await handleReservation(ports, orderId, async () => ({
    type: 'Reserve',
    lines,
    available: await ports.stock.lockAvailable(lines.map(({ variantId }) => variantId)),
  }));
  return ack;
});
