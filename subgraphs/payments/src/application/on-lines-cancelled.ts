import { linesCancelled } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { giveBack } from './give-back.ts';
import type { Ports } from './ports.ts';

/** What was paid for units that are not sent after all goes back, once per cancellation. */
export const onLinesCancelled = subscriber(linesCancelled, (ports: Ports, { payload }) => {
  const { cancellationId: causeId, refund: amount, ...about } = payload;
  return giveBack(ports, {
    ...about,
    causeId,
    amount,
    hasArrived: false,
    because: 'a part was called off',
  });
});
