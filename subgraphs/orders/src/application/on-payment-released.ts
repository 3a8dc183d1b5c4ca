import { paymentReleased } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** A seller has the money of a shipment: for that shipment the order is complete. */
export const onPaymentReleased = subscriber(
  paymentReleased,
  async (ports: Ports, { payload: { orderId, shipmentId, disputeId } }) => {
    const isDecided = disputeId !== undefined;
    return answer(
      orderId,
      await handleOrder(ports, orderId, { type: 'NoteRelease', shipmentId, isDecided }),
    );
  },
);
