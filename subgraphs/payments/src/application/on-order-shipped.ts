import { orderShipped } from '@emporium/contracts';
import { ack, park, subscriber } from '@emporium/messaging';
import { handlePayment } from './handle-payment.ts';
import type { Ports } from './ports.ts';

/** From now on the clock runs: without word from the buyer, the seller is paid when it has run out. */
export const onOrderShipped = subscriber(orderShipped, async (ports: Ports, { payload, occurredAt }) => {
  const { orderId, shipmentId } = payload;
  const handled = await handlePayment(ports, orderId, { type: 'Ship', shipmentId, at: occurredAt });
  return handled.ok
    ? ack
    : park(`shipment ${shipmentId} of order ${orderId} was shipped: ${handled.refusal}`);
});
