/** An account takes over what was bought without one. */
import { accept, refuse } from '@emporium/domain';
import { isGuest } from './guest.ts';
import type { PlacedOrder } from './order.ts';
import type { Claim } from './order-command.ts';
import type { OrderDecision } from './order-decision.ts';

/** Once, however far the order has come; whoever has it already has it. */
export const claim = ({ at, by }: Claim, { buyerId }: PlacedOrder): OrderDecision => {
  if (buyerId === by) return accept();
  return isGuest(buyerId) ? accept({ type: 'Claimed', at, by }) : refuse('NOT_FOUND');
};
