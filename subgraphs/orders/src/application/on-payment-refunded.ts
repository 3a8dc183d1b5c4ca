import { paymentRefunded } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** Money went back to the buyer: the order's timeline says so, and the return that it is for. */
export const onPaymentRefunded = subscriber(
  paymentRefunded,
  async (ports: Ports, { payload: { orderId, paymentId, amount, refundId = null } }) =>
    answer(orderId, await handleOrder(ports, orderId, { type: 'NoteRefund', paymentId, amount, refundId })),
);
