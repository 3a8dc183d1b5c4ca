import { orderDelivered } from '@emporium/contracts';
import { ack, park, subscriber } from '@emporium/messaging';
import { handlePayment } from './handle-payment.ts';
import type { Ports } from './ports.ts';

/** The buyer has the goods: the seller has the money. */
export const onOrderDelivered = subscriber(orderDelivered, async (ports: Ports, { payload }) => {
  const { orderId, shipmentId } = payload;
  const handled = await handlePayment(ports, orderId, { type: 'Release', shipmentId });
  return handled.ok
    ? ack
    : park(`shipment ${shipmentId} of order ${orderId} was delivered: ${handled.refusal}`);
});
