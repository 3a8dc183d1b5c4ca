import { disputeOpened } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** A buyer disputes a shipment: its order says so. */
export const onDisputeOpened = subscriber(
  disputeOpened,
  async (ports: Ports, { payload: { orderId, ...dispute } }) =>
    answer(orderId, await handleOrder(ports, orderId, { type: 'NoteDisputeOpened', ...dispute })),
);
