import { paymentCaptured } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** A captured payment confirms its order. Money that fits no order is a matter for a person. */
export const onPaymentCaptured = subscriber(
  paymentCaptured,
  async (ports: Ports, { payload: { orderId, paymentId, amount } }) =>
    answer(orderId, await handleOrder(ports, orderId, { type: 'NotePayment', paymentId, amount })),
);
