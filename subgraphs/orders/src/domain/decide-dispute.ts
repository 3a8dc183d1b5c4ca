/** What follows when payments says that a shipment is disputed, and that this is over. */
import { accept, refuse } from '@emporium/domain';
import { callOffRest } from './call-off.ts';
import { shipmentOf } from './decide-shipment.ts';
import { evolve, isTerminal, leavesNothing, type PlacedOrder, statusOf } from './order.ts';
import type { NoteDisputeDecided, NoteDisputeOpened } from './order-command.ts';
import type { OrderDecision } from './order-decision.ts';
import type { DisputeDecided } from './order-event.ts';
import { leftIn } from './shipment.ts';

export const noteDisputeOpened = (
  { at, disputeId, shipmentId, reason }: NoteDisputeOpened,
  order: PlacedOrder,
): OrderDecision => {
  const shipment = shipmentOf(order, shipmentId);
  if (!shipment) return refuse('NOT_FOUND');
  return shipment.disputes.some(({ id, isOpened }) => id === disputeId && isOpened)
    ? accept()
    : accept({ type: 'DisputeOpened', at, disputeId, shipmentId, reason });
};

/** Nobody sends what was paid back in full: whatever of it has not left is called off. */
export const noteDisputeDecided = (command: NoteDisputeDecided, order: PlacedOrder): OrderDecision => {
  const { at, disputeId, shipmentId, outcome, refunded, released, decidedBy, cancellationId } = command;
  const shipment = shipmentOf(order, shipmentId);
  if (!shipment) return refuse('NOT_FOUND');
  if (shipment.disputes.some(({ id, isOver }) => id === disputeId && isOver)) return accept();
  const decided: DisputeDecided = {
    ...{ type: 'DisputeDecided', at, disputeId, shipmentId, outcome, refunded, released },
    by: decidedBy,
  };
  const isLeft = shipment.status === 'PENDING' && leftIn(shipment).length > 0;
  if (decidedBy === null || !leavesNothing(decided) || !isLeft) return accept(decided);
  if (order.phase !== 'CONFIRMED' || isTerminal(statusOf(order))) return accept(decided);
  const after = evolve(order, decided);
  if (after.phase === 'ABSENT') return accept(decided);
  const by = { id: decidedBy, isAdmin: true };
  const calledOff = callOffRest({ at, by, cancellationId }, after, shipmentId);
  // An order that ends is CANCELLED, and never was COMPLETED.
  const isEnd = calledOff.some(({ type }) => type === 'Cancelled');
  return isEnd ? accept(...calledOff, decided) : accept(decided, ...calledOff);
};
