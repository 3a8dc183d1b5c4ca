import { backorderFilled } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** Goods came that an order had waited for: what has all of its own may ship. */
export const onBackorderFilled = subscriber(
  backorderFilled,
  async (ports: Ports, { payload: { orderId, lines } }) => {
    const waiting = lines.map(({ variantId, waiting: quantity }) => ({ variantId, quantity }));
    return answer(orderId, await handleOrder(ports, orderId, { type: 'NoteBackorderFilled', waiting }));
  },
);
