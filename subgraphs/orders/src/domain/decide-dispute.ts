/** What follows when payments says that a shipment is disputed, and that this is over. */
import { accept, refuse } from '@emporium/domain';
import { callOffUnits } from './call-off.ts';
import { shipmentOf } from './decide-shipment.ts';
import { evolve, leavesNothing, type PlacedOrder } from './order.ts';
import type { NoteDisputeDecided, NoteDisputeOpened } from './order-command.ts';
import type { OrderDecision } from './order-decision.ts';
import type { DisputeDecided, OrderEvent } from './order-event.ts';
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

export const noteDisputeDecided = (command: NoteDisputeDecided, order: PlacedOrder): OrderDecision => {
  const { at, disputeId, shipmentId, outcome, refunded, released, decidedBy: by } = command;
  const shipment = shipmentOf(order, shipmentId);
  if (!shipment) return refuse('NOT_FOUND');
  if (shipment.disputes.some(({ id, isOver }) => id === disputeId && isOver)) return accept();
  const decided: DisputeDecided = {
    type: 'DisputeDecided',
    at,
    disputeId,
    shipmentId,
    outcome,
    refunded,
    released,
    by,
  };
  return accept<OrderEvent>(decided, ...unsentAfter(decided, command, order));
};

/** Nobody sends what was paid back in full: whatever of it has not left is called off. */
const unsentAfter = (
  decided: DisputeDecided,
  { at, cancellationId }: NoteDisputeDecided,
  order: PlacedOrder,
): OrderEvent[] => {
  if (decided.by === null || !leavesNothing(decided) || order.phase !== 'CONFIRMED') return [];
  const after = evolve(order, decided);
  const shipment = after.phase === 'CONFIRMED' ? shipmentOf(after, decided.shipmentId) : undefined;
  if (shipment?.status !== 'PENDING') return [];
  return callOffUnits(
    { at, by: { id: decided.by, isAdmin: true }, cancellationId },
    order,
    shipment,
    leftIn(shipment),
  );
};
