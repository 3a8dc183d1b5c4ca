import { stockRejected } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** Something was out of stock: the order fails and its lines go back to the cart. */
export const onStockRejected = subscriber(stockRejected, async (ports: Ports, { payload: { orderId } }) =>
  answer(orderId, await handleOrder(ports, orderId, { type: 'NoteRejection' })),
);
