import type { Actor } from '../domain/order-command.ts';
import { handleOrder } from './handle-order.ts';
import type { OrderId, Ports } from './ports.ts';

/** Whatever of an order has not left is called off in its buyer's place: nobody will know where to send it. What has left goes on to its end. */
export const callOffUnsent = async (ports: Ports, orderId: OrderId, by: Actor): Promise<void> => {
  const { order } = await ports.orders.load(orderId);
  if (order.phase === 'ABSENT') return;
  const parts = order.shipments.map(({ id: shipmentId }) => ({
    shipmentId,
    cancellationId: ports.newId<'Cancellation'>(),
  }));
  await handleOrder(ports, orderId, { type: 'CancelUnsent', by, parts });
};
