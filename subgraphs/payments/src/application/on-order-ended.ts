import { orderCancelled, orderFailed } from '@emporium/contracts';
import { ack, park, subscriber, type Verdict } from '@emporium/messaging';
import { handlePayment } from './handle-payment.ts';
import type { OrderId, Ports } from './ports.ts';

/** Whatever was or will be taken goes back; what was not asked for yet never will be. */
const callOff = async (ports: Ports, orderId: OrderId): Promise<Verdict> => {
  const handled = await handlePayment(ports, orderId, {
    type: 'Cancel',
    paymentId: ports.newId(),
    refundId: ports.newId(),
  });
  return handled.ok ? ack : park(`order ${orderId} could not be called off: ${handled.refusal}`);
};

export const onOrderFailed = subscriber(orderFailed, (ports: Ports, { payload }) =>
  callOff(ports, payload.orderId),
);

export const onOrderCancelled = subscriber(orderCancelled, (ports: Ports, { payload }) =>
  callOff(ports, payload.orderId),
);
