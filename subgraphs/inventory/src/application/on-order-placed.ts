import { orderPlaced } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import { handleReservation } from './handle-reservation.ts';
import type { Ports } from './ports.ts';

/** A placed order has all its lines set aside or waiting, or none. What its buyer held of them goes to the order. */
export const onOrderPlaced = subscriber(orderPlaced, async (ports: Ports, { payload }) => {
  const { orderId, buyerId, lines } = payload;
  const variantIds = lines.map(({ variantId }) => variantId);
  await handleReservation(
    ports,
    orderId,
    async () => ({
      type: 'Reserve',
      lines,
      available: await ports.stock.lockAvailable(variantIds, buyerId),
      room: await ports.stock.roomToBackorder(variantIds),
    }),
    async ({ type }) => {
      if (type === 'Reserved') await ports.holds.handOver(buyerId, variantIds);
    },
  );
  return ack;
});
