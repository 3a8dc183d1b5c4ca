/** What follows when a shipment is sent, in one parcel or in several, when it arrives, and when its seller is paid. */
import { accept, type Id, refuse } from '@emporium/domain';
import { hasBought, maySend } from './may-change.ts';
import type { PlacedOrder, Waiting } from './order.ts';
import type { ConfirmDelivery, NoteRelease, Ship } from './order-command.ts';
import type { OrderDecision } from './order-decision.ts';
import type { OrderEvent } from './order-event.ts';
import { leftIn, leftOf, lineOf, type Shipment, sameUnits, type Units } from './shipment.ts';

export const shipmentOf = (order: PlacedOrder, id: Id<'Shipment'>): Shipment | undefined =>
  order.shipments.find((shipment) => shipment.id === id);

export const ship = (command: Ship, order: PlacedOrder): OrderDecision => {
  const { at, by, shipmentId, carrier, trackingNumber } = command;
  const shipment = shipmentOf(order, shipmentId);
  if (!shipment || !maySend(by, shipment)) return refuse('NOT_FOUND');
  if (order.phase === 'CANCELLED') return refuse('ALREADY_CANCELLED');
  if (order.phase !== 'CONFIRMED') return refuse('NOT_CONFIRMED');
  if (hasLeft(command, shipment)) return accept();
  if (shipment.status === 'CANCELLED') return refuse('ALREADY_CANCELLED');
  if (shipment.status !== 'PENDING') return refuse('ALREADY_SHIPPED');
  const left = leftIn(shipment);
  const lines = command.lines ?? left;
  const refusal = whyNot(lines, shipment, order.waiting);
  if (refusal) return refuse(refusal);
  const event = { at, shipmentId, carrier, trackingNumber, by: by.id };
  return accept(
    sameUnits(lines, left)
      ? { type: 'ShipmentShipped', ...event }
      : { type: 'ParcelShipped', ...event, lines },
  );
};

/** The same was said before. */
const hasLeft = ({ carrier, trackingNumber, lines }: Ship, { status, parcels }: Shipment): boolean => {
  const named = parcels.filter(
    (parcel) => parcel.carrier === carrier && parcel.trackingNumber === trackingNumber,
  );
  return lines === null
    ? status !== 'PENDING' && named.length > 0
    : named.some((parcel) => sameUnits(parcel.lines, lines));
};

const whyNot = (lines: readonly Units[], shipment: Shipment, waiting: Waiting) => {
  for (const { variantId, quantity } of lines) {
    const line = lineOf(shipment, variantId);
    if (!line) return 'NOT_IN_SHIPMENT';
    const left = leftOf(line);
    if (quantity > left) return 'MORE_THAN_LEFT';
    if (quantity > left - Math.min(waiting[variantId] ?? 0, left)) return 'BACKORDERED';
  }
  return null;
};

export const confirmDelivery = (
  { at, by, shipmentId }: ConfirmDelivery,
  order: PlacedOrder,
): OrderDecision => {
  const shipment = shipmentOf(order, shipmentId);
  if (!shipment || !hasBought(by, order)) return refuse('NOT_FOUND');
  if (shipment.status === 'DELIVERED') return accept();
  if (shipment.status !== 'SHIPPED') return refuse('NOT_SHIPPED');
  const delivered: OrderEvent = { type: 'ShipmentDelivered', at, shipmentId };
  return shipment.payout === 'AHEAD'
    ? accept<OrderEvent>(delivered, { type: 'ShipmentReleased', at, shipmentId, ahead: false })
    : accept(delivered);
};

export const noteRelease = (
  { at, shipmentId, isDecided }: NoteRelease,
  order: PlacedOrder,
): OrderDecision => {
  const shipment = shipmentOf(order, shipmentId);
  if (!shipment) return refuse('NOT_FOUND');
  if (shipment.payout !== 'NONE' || shipment.nothingLeft) return accept();
  const isSent = shipment.status === 'SHIPPED' || shipment.status === 'DELIVERED';
  // Decided before it was heard that the order is cancelled: what was paid comes back.
  if (isDecided && shipment.status === 'CANCELLED') return accept();
  if (!isSent && !(isDecided && shipment.status === 'PENDING')) return refuse('NOT_SHIPPED');
  return accept({ type: 'ShipmentReleased', at, shipmentId, ahead: !isSent });
};
