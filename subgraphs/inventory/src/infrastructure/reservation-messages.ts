import { stockCommitted, stockRejected, stockReleased, stockReserved } from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { OrderId } from '../domain/ids.ts';
import type { AllocatedLine, ReservationEvent } from '../domain/reservation.ts';
import { backorderMessages } from './backorder-messages.ts';

/** What the others hear of a reservation. Its correlation is the order. */
export const reservationMessages = (
  orderId: OrderId,
  event: ReservationEvent,
  occurredAt: Instant,
): OutgoingMessage[] => {
  const about = { aggregateId: orderId, correlationId: orderId, occurredAt };
  switch (event.type) {
    case 'Reserved':
      return [outgoing(stockReserved, { orderId, ...backorderedIn(event.lines) }, about)];
    case 'Rejected':
      return [outgoing(stockRejected, { orderId, shortages: [...event.shortages] }, about)];
    case 'Committed':
      return [outgoing(stockCommitted, { orderId }, about)];
    case 'Released':
      return [outgoing(stockReleased, { orderId }, about)];
    case 'Closed':
      return [];
    case 'Cut':
      return backorderMessages(
        event.lines.filter(({ waitedLess }) => waitedLess).map((line) => ({ ...line, orderId })),
        occurredAt,
      );
  }
};

const backorderedIn = (lines: readonly AllocatedLine[]) => {
  const backordered = lines.flatMap(({ variantId, waiting }) =>
    waiting > 0 ? [{ variantId, quantity: waiting }] : [],
  );
  return backordered.length > 0 ? { backordered } : {};
};
