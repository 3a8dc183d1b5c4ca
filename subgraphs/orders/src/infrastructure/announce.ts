/** What the other subgraphs hear of an order. Facts that concern nobody else are not told. */
import {
  linesCancelled,
  orderCancelled,
  orderConfirmed,
  orderDelivered,
  orderFailed,
  orderPlaced,
  orderShipped,
  paymentRequested,
  returnReceived,
} from '@emporium/contracts';
import type { Id } from '@emporium/domain';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { OrderId, ShipmentId } from '../application/ports.ts';
import type { LinesCancelled, OrderEvent, Placed } from '../domain/order-event.ts';
import type { ReturnReceived } from '../domain/return-event.ts';
import type { Tx } from './database.ts';

/** The message that follows from an event, if any. Its correlation is the order. */
export const announce = async (
  tx: Tx,
  orderId: OrderId,
  event: OrderEvent,
): Promise<OutgoingMessage | null> => {
  const about = { aggregateId: orderId, correlationId: orderId, occurredAt: event.at };
  switch (event.type) {
    case 'Placed':
      return outgoing(orderPlaced, placedPayload(orderId, event), about);
    case 'StockReserved':
      return outgoing(paymentRequested, await paymentPayload(tx, orderId), about);
    case 'Confirmed':
      return outgoing(orderConfirmed, { orderId }, about);
    case 'ShipmentShipped':
      return outgoing(orderShipped, { orderId, shipmentId: event.shipmentId }, about);
    case 'LinesCancelled':
      return outgoing(linesCancelled, await cancelledPayload(tx, orderId, event), about);
    case 'ReturnReceived':
      return outgoing(returnReceived, await returnedPayload(tx, orderId, event), about);
    case 'ShipmentDelivered':
      return outgoing(orderDelivered, { orderId, shipmentId: event.shipmentId }, about);
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

const cancelledPayload = async (tx: Tx, orderId: OrderId, event: LinesCancelled) => {
  const { cancellationId, shipmentId, lines, amount } = event;
  return {
    ...{ orderId, cancellationId, shipmentId, refund: amount },
    sellerId: await sellerOf(tx, shipmentId),
    lines: lines.map((units) => ({ ...units })),
  };
};

const returnedPayload = async (tx: Tx, orderId: OrderId, event: ReturnReceived) => {
  const { returnId, shipmentId, lines, refund } = event;
  return {
    ...{ orderId, returnId, shipmentId, refund },
    sellerId: await sellerOf(tx, shipmentId),
    lines: lines.map(({ locationId, ...units }) => ({ ...units, ...(locationId && { locationId }) })),
  };
};

const sellerOf = async (tx: Tx, shipmentId: ShipmentId): Promise<Id<'User'>> => {
  const { sellerId } = await tx.shipment.findUniqueOrThrow({ where: { id: shipmentId } });
  return sellerId as Id<'User'>;
};

/** The provider's token leaves its row here: it travels once, and is not kept. */
const paymentPayload = async (tx: Tx, orderId: OrderId) => {
  const order = await tx.order.findUniqueOrThrow({
    where: { id: orderId },
    include: { shipments: { orderBy: { position: 'asc' } } },
  });
  const [kept] = await tx.$queryRaw<{ token: string }[]>`
    DELETE FROM order_payment_tokens WHERE order_id = ${orderId} RETURNING token`;
  const money = (minor: bigint) => ({ minor, currency: order.currency });
  return {
    orderId,
    buyerId: order.buyerId as Id<'User'>,
    total: money(order.totalMinor),
    method: order.paymentMethod === 'CARD' ? ('CARD' as const) : ('WALLET' as const),
    ...(kept && { token: kept.token }),
    shipments: order.shipments.map(({ id, sellerId, amountMinor }) => ({
      shipmentId: id as Id<'Shipment'>,
      sellerId: sellerId as Id<'User'>,
      amount: money(amountMinor),
    })),
  };
};
