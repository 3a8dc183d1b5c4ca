/** What follows when a part of an order is called off before it leaves: the rest goes on, and without any the order ends. */
import { accept, type Id, refuse } from '@emporium/domain';
import { shipmentOf } from './decide-shipment.ts';
import { backFor } from './given-back.ts';
import { mayCallOff, maySend } from './may-change.ts';
import { isTerminal, type PlacedOrder, statusOf } from './order.ts';
import type { CancelLine, CancelShipment } from './order-command.ts';
import type { OrderDecision } from './order-decision.ts';
import type { OrderEvent } from './order-event.ts';
import { leftIn, leftOf, lineOf, type Shipment, sameUnits, type Units, withoutUnits } from './shipment.ts';

export const cancelShipment = (command: CancelShipment, order: PlacedOrder): OrderDecision => {
  const shipment = shipmentOf(order, command.shipmentId);
  if (!shipment || !maySend(command.by, shipment)) return refuse('NOT_FOUND');
  if (order.phase !== 'CONFIRMED') return order.phase === 'CANCELLED' ? accept() : refuse('NOT_CONFIRMED');
  if (shipment.status === 'CANCELLED') return accept();
  if (shipment.parcels.length > 0) return refuse('ALREADY_SHIPPED');
  return callOff(command, order, shipment, leftIn(shipment));
};

/** The buyer, until any of the line has left; its seller, as long as so many of it have not. */
export const cancelLine = (command: CancelLine, order: PlacedOrder): OrderDecision => {
  const { by, variantId, quantity } = command;
  const shipment = order.shipments.find((each) => each.variantIds.includes(variantId));
  const line = shipment && lineOf(shipment, variantId);
  if (!shipment || !line) return refuse('NOT_FOUND');
  const sends = maySend(by, shipment);
  if (!mayCallOff(by, { ...order, ...shipment })) return refuse('NOT_FOUND');
  if (order.phase !== 'CONFIRMED')
    return refuse(order.phase === 'CANCELLED' ? 'ALREADY_CANCELLED' : 'NOT_CONFIRMED');
  if (line.cancelled === line.quantity) return refuse('ALREADY_CANCELLED');
  if (leftOf(line) === 0 || (line.shipped > 0 && !sends)) return refuse('ALREADY_SHIPPED');
  if (quantity > leftOf(line)) return refuse('MORE_THAN_LEFT');
  return callOff(command, order, shipment, [{ variantId, quantity }]);
};

/** With the last unit that was to be sent the order itself is called off, as a whole one is. */
const callOff = (
  by: Calling,
  order: PlacedOrder,
  shipment: Shipment,
  lines: readonly Units[],
): OrderDecision =>
  isTerminal(statusOf(order))
    ? refuse('NOT_CONFIRMED')
    : accept(...withoutLines(by, order, shipment, lines));

/** All of a shipment that has not left. */
export const callOffRest = (by: Calling, order: PlacedOrder, id: Id<'Shipment'>): OrderEvent[] => {
  const shipment = shipmentOf(order, id);
  return shipment ? withoutLines(by, order, shipment, leftIn(shipment)) : [];
};

type Calling = Pick<CancelShipment, 'at' | 'by' | 'cancellationId'>;

const withoutLines = (
  { at, by, cancellationId }: Calling,
  order: PlacedOrder,
  shipment: Shipment,
  lines: readonly Units[],
): OrderEvent[] => {
  const others = order.shipments.filter(({ id, status }) => id !== shipment.id && status !== 'CANCELLED');
  const isOver = withoutUnits(shipment, lines, shipment.amount).status === 'CANCELLED';
  if (isOver && others.length === 0) return [{ type: 'Cancelled', at, by: by.id }];
  const amount = backFor(shipment, lines);
  const shipmentId = shipment.id;
  const cancelled: OrderEvent = {
    ...{ type: 'LinesCancelled', at, cancellationId, shipmentId, lines, amount },
    by: by.id,
  };
  const { carrier, trackingNumber } = shipment;
  // What has left is all that ever will.
  if (carrier !== null && trackingNumber !== null && sameUnits(lines, leftIn(shipment)))
    return [
      cancelled,
      { ...{ type: 'ShipmentShipped', at, shipmentId, carrier, trackingNumber }, by: by.id },
    ];
  return [cancelled];
};
