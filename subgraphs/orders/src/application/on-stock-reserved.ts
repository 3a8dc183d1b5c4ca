import { stockReserved } from '@emporium/contracts';
import { gatheringSubscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder, mostAtOnce } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** The stock is set aside, or may wait: payment may be asked for. */
export const onStockReserved = gatheringSubscriber(
  stockReserved,
  mostAtOnce,
  ({ orderId }) => orderId,
  async (ports: Ports, { payload: { orderId, backordered = [] } }) =>
    answer(orderId, await handleOrder(ports, orderId, { type: 'NoteReservation', backordered })),
);
