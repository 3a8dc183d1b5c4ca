/** What the other subgraphs hear of an order. Facts that concern nobody else are not told. */
import {
  linesCancelled,
  orderCancelled,
  orderClaimed,
  orderConfirmed,
  orderDelivered,
  orderFailed,
  orderPlaced,
  orderShipped,
  paymentRequested,
  returnReceived,
} from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { OrderId } from '../application/ports.ts';
import { isGuest } from '../domain/guest.ts';
import type { PlacedOrder } from '../domain/order.ts';
import type { LinesCancelled, Placed } from '../domain/order-event.ts';
import type { ReturnReceived } from '../domain/return-event.ts';
import type { Shipment } from '../domain/shipment.ts';
import type { SentCard } from './cards.ts';
import type { Step } from './history.ts';

type Told = Pick<Step, 'event' | 'after'>;

/** The message that follows from an event, if any. Its correlation is the order. */
export const announce = (
  orderId: OrderId,
  { event, after }: Told,
  card: SentCard | undefined,
): OutgoingMessage | null => {
  const about = { aggregateId: orderId, correlationId: orderId, occurredAt: event.at };
  switch (event.type) {
    case 'Placed':
      return outgoing(orderPlaced, placedPayload(orderId, event), about);
    case 'StockReserved':
      return outgoing(paymentRequested, paymentPayload(orderId, after, card), about);
    case 'Confirmed':
      return outgoing(orderConfirmed, { orderId }, about);
    case 'ShipmentShipped':
      return outgoing(orderShipped, { orderId, shipmentId: event.shipmentId }, about);
    case 'LinesCancelled':
      return outgoing(linesCancelled, cancelledPayload(orderId, event, after), about);
    case 'ReturnReceived':
      return outgoing(returnReceived, returnedPayload(orderId, event, after), about);
    case 'ShipmentDelivered':
      return outgoing(orderDelivered, { orderId, shipmentId: event.shipmentId }, about);
    case 'Claimed':
      return outgoing(orderClaimed, { orderId, buyerId: event.by }, about);
    case 'Failed':
      return outgoing(orderFailed, { orderId, reason: event.reason }, about);
    case 'Cancelled':
      return outgoing(orderCancelled, { orderId }, about);
    default:
      return null;
  }
};

const placedPayload = (orderId: OrderId, { buyerId, total, lines, shipments }: Placed) => {
  const sellers = new Map(shipments.map(({ id, sellerId }) => [id, sellerId]));
  return {
    orderId,
    buyerId,
    total,
    lines: lines.map(({ variantId, shipmentId, quantity }) => {
      const sellerId = sellers.get(shipmentId);
      if (!sellerId) throw new TypeError(`order ${orderId} has a line without a seller`);
      return { variantId, sellerId, quantity };
    }),
  };
};

const cancelledPayload = (orderId: OrderId, event: LinesCancelled, { shipments }: PlacedOrder) => {
  const { cancellationId, shipmentId, lines, amount } = event;
  return {
    orderId,
    cancellationId,
    shipmentId,
    refund: amount,
    sellerId: shipmentIn(shipments, shipmentId).sellerId,
    lines: lines.map((units) => ({ ...units })),
  };
};

const returnedPayload = (orderId: OrderId, event: ReturnReceived, { shipments }: PlacedOrder) => {
  const { returnId, shipmentId, lines, refund } = event;
  return {
    orderId,
    returnId,
    shipmentId,
    refund,
    sellerId: shipmentIn(shipments, shipmentId).sellerId,
    lines: lines.map(({ locationId, ...units }) => ({ ...units, ...(locationId && { locationId }) })),
  };
};

const shipmentIn = (shipments: readonly Shipment[], id: Shipment['id']): Shipment => {
  const shipment = shipments.find((each) => each.id === id);
  if (!shipment) throw new TypeError(`the order has no shipment ${id}`);
  return shipment;
};

/** The card's token travels sealed for payments; a guest, whom payments does not know, is known there by their order's token. */
const paymentPayload = (
  orderId: OrderId,
  { buyerId, total, method, shipments }: PlacedOrder,
  card: SentCard | undefined,
) => ({
  orderId,
  buyerId,
  total,
  method,
  ...(card?.sealedToken != null && { sealedToken: card.sealedToken }),
  ...(card?.paymentMethodId != null && { paymentMethodId: asId<'PaymentMethod'>(card.paymentMethodId) }),
  ...(card?.guestTokenHash != null && isGuest(buyerId) && { guestTokenHash: card.guestTokenHash }),
  shipments: shipments.map(({ id, sellerId, amount }) => ({ shipmentId: id, sellerId, amount })),
});
