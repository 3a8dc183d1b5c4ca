import { paymentDeclined } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** No money will come: the order fails and its lines go back to the cart. */
export const onPaymentDeclined = subscriber(
  paymentDeclined,
  async (ports: Ports, { payload: { orderId } }) =>
    answer(orderId, await handleOrder(ports, orderId, { type: 'NoteDecline' })),
);
