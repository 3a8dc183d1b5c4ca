/** What follows when an order, or a part of it, is called off before it leaves: the rest goes on, and without any the order ends. */
import { accept, refuse, zero } from '@emporium/domain';
import { shipmentOf } from './decide-shipment.ts';
import { backFor } from './given-back.ts';
import { mayCallOff, mayCancel, maySend } from './may-change.ts';
import { evolve, isTerminal, type Order, type PlacedOrder, statusOf } from './order.ts';
import type { Cancel, CancelLine, CancelShipment, CancelUnsent } from './order-command.ts';
import type { OrderDecision } from './order-decision.ts';
import type { CalledOffPart, OrderEvent } from './order-event.ts';
import {
  isSettled,
  lastParcelOf,
  leftIn,
  leftOf,
  lineOf,
  type Shipment,
  sameUnits,
  type Units,
  withoutUnits,
} from './shipment.ts';

/** All of it, as long as nothing has left. */
export const cancelOrder = ({ at, by }: Cancel, order: PlacedOrder): OrderDecision => {
  if (!mayCancel(by, order)) return refuse('NOT_FOUND');
  if (order.phase === 'CANCELLED') return accept();
  if (isTerminal(statusOf(order))) return refuse('ALREADY_SETTLED');
  const left = order.shipments.filter(({ status }) => status !== 'CANCELLED');
  if (left.some(({ parcels }) => parcels.length > 0)) return refuse('ALREADY_SHIPPED');
  if (left.some(isSettled)) return refuse('ALREADY_SETTLED');
  return accept({ type: 'Cancelled', at, by: by.id, parts: left.map((each) => restOf(each, order)) });
};

/** What was never paid does not go back. */
const restOf = (shipment: Shipment, { paymentId }: PlacedOrder): CalledOffPart => {
  const lines = leftIn(shipment);
  const amount = paymentId === null ? zero(shipment.amount.currency) : backFor(shipment, lines);
  return { shipmentId: shipment.id, lines, amount };
};

export const cancelShipment = (command: CancelShipment, order: PlacedOrder): OrderDecision => {
  const shipment = shipmentOf(order, command.shipmentId);
  if (!shipment || !maySend(command.by, shipment)) return refuse('NOT_FOUND');
  if (order.phase !== 'CONFIRMED') return order.phase === 'CANCELLED' ? accept() : refuse('NOT_CONFIRMED');
  if (shipment.status === 'CANCELLED') return accept();
  if (shipment.parcels.length > 0) return refuse('ALREADY_SHIPPED');
  if (isSettled(shipment)) return refuse('ALREADY_SETTLED');
  return accept(...callOffUnits(command, order, shipment, leftIn(shipment)));
};

/** The buyer, until any of the line has left; its seller, as long as so many of it have not. */
export const cancelLine = (command: CancelLine, order: PlacedOrder): OrderDecision => {
  const { by, variantId, quantity, expectedCancelled } = command;
  const shipment = order.shipments.find((each) => lineOf(each, variantId));
  const line = shipment && lineOf(shipment, variantId);
  if (!shipment || !line || !mayCallOff(by, order, shipment)) return refuse('NOT_FOUND');
  if (order.phase !== 'CONFIRMED')
    return refuse(order.phase === 'CANCELLED' ? 'ALREADY_CANCELLED' : 'NOT_CONFIRMED');
  if (line.cancelled !== (expectedCancelled ?? line.cancelled)) return refuse('LINE_CHANGED');
  if (line.cancelled === line.quantity) return refuse('ALREADY_CANCELLED');
  if (leftOf(line) === 0 || (line.shipped > 0 && !maySend(by, shipment))) return refuse('ALREADY_SHIPPED');
  if (isSettled(shipment)) return refuse('ALREADY_SETTLED');
  if (quantity > leftOf(line)) return refuse('MORE_THAN_LEFT');
  return accept(...callOffUnits(command, order, shipment, [{ variantId, quantity }]));
};

/** All of it where nothing has left; else what is left of each shipment whose money is not settled. */
export const cancelUnsent = ({ at, by, parts }: CancelUnsent, order: PlacedOrder): OrderDecision => {
  const whole = cancelOrder({ type: 'Cancel', at, by }, order);
  if (whole.ok || whole.refusal === 'NOT_FOUND' || order.phase !== 'CONFIRMED') return whole;
  const events: OrderEvent[] = [];
  let now: Order = order;
  for (const { shipmentId, cancellationId } of parts) {
    const shipment = now.phase === 'ABSENT' ? undefined : shipmentOf(now, shipmentId);
    if (now.phase === 'ABSENT' || !shipment || isSettled(shipment) || leftIn(shipment).length === 0)
      continue;
    const told = callOffUnits({ at, by, cancellationId }, now, shipment, leftIn(shipment));
    now = told.reduce(evolve, now);
    events.push(...told);
  }
  return accept(...events);
};

/** Units of a shipment that have not left. With the last that was to be sent the order itself ends, or what has left is all. */
export const callOffUnits = (
  { at, by, cancellationId }: Pick<CancelShipment, 'at' | 'by' | 'cancellationId'>,
  order: PlacedOrder,
  shipment: Shipment,
  lines: readonly Units[],
): OrderEvent[] => {
  const shipmentId = shipment.id;
  const amount = backFor(shipment, lines);
  const cancelled: OrderEvent = {
    type: 'LinesCancelled',
    at,
    cancellationId,
    shipmentId,
    lines,
    amount,
    by: by.id,
  };
  const others = order.shipments.filter(({ id, status }) => id !== shipmentId && status !== 'CANCELLED');
  const isOver = withoutUnits(shipment, lines, amount).status === 'CANCELLED';
  if (isOver && others.length === 0) return [cancelled, { type: 'Cancelled', at, by: by.id, parts: [] }];
  const last = lastParcelOf(shipment);
  if (!last || !sameUnits(lines, leftIn(shipment))) return [cancelled];
  const { carrier, trackingNumber } = last;
  return [cancelled, { type: 'ShipmentShipped', at, shipmentId, carrier, trackingNumber, by: by.id }];
};
