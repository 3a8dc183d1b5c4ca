import { paymentActionRequired } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** The buyer has something to do before the money comes: the order waits longer for it. */
export const onPaymentActionRequired = subscriber(
  paymentActionRequired,
  async (ports: Ports, { payload: { orderId } }) =>
    answer(orderId, await handleOrder(ports, orderId, { type: 'NoteActionRequired' })),
);
