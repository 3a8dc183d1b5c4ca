import { paymentCaptured } from '@emporium/contracts';
import { gatheringSubscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder, mostAtOnce } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** A captured payment confirms its order. Money that fits no order is a matter for a person. */
export const onPaymentCaptured = gatheringSubscriber(
  paymentCaptured,
  mostAtOnce,
  ({ orderId }) => orderId,
  async (ports: Ports, { payload: { orderId, paymentId, amount } }) =>
    answer(orderId, await handleOrder(ports, orderId, { type: 'NotePayment', paymentId, amount })),
);
