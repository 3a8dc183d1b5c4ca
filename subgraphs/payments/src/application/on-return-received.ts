import { returnReceived } from '@emporium/contracts';
import { subscriber } from '@emporium/messaging';
import { giveBack } from './give-back.ts';
import type { Ports } from './ports.ts';

/** What is given back for units that came back, once per return. */
export const onReturnReceived = subscriber(returnReceived, (ports: Ports, { payload }) => {
  const { returnId: causeId, refund: amount, ...about } = payload;
  return giveBack(ports, { ...about, causeId, amount, hasArrived: true, because: 'a return was received' });
});
