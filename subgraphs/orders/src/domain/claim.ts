/** An account takes over what was bought without one. */
import { accept, refuse } from '@emporium/domain';
import { isGuest } from './guest.ts';
import type { PlacedOrder } from './order.ts';
import type { Claim } from './order-command.ts';
import type { OrderDecision } from './order-decision.ts';

/** Once, however far the order has come; whoever has it already has it. Who sells any of it does not become its buyer. */
export const claim = ({ at, by }: Claim, { buyerId, shipments }: PlacedOrder): OrderDecision => {
  if (buyerId === by) return accept();
  if (!isGuest(buyerId)) return refuse('NOT_FOUND');
  if (shipments.some(({ sellerId }) => sellerId === by)) return refuse('OWN_GOODS');
  return accept({ type: 'Claimed', at, by });
};
