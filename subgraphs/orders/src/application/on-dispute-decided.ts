import { disputeDecided } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { answer } from './answer.ts';
import { handleOrder } from './handle-order.ts';
import type { Ports } from './ports.ts';

/** A dispute is over. What was paid back in full before it was sent is not sent any more. */
export const onDisputeDecided = subscriber(
  disputeDecided,
  async (ports: Ports, { payload: { orderId, ...dispute } }) => {
    const cancellationId = ports.newId<'Cancellation'>();
    return answer(
      orderId,
      await handleOrder(ports, orderId, { type: 'NoteDisputeDecided', ...dispute, cancellationId }),
    );
  },
);
