import { paymentCaptured, paymentDeclined, paymentRefunded, paymentReleased } from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { PaymentEvent, Terms } from '../domain/payment.ts';

/** What the other subgraphs hear of what happened to a payment. */
export const messagesOf = (
  events: readonly PaymentEvent[],
  terms: Terms,
  occurredAt: Instant,
): OutgoingMessage[] => events.flatMap((event) => messageOf(event, terms, occurredAt) ?? []);

const messageOf = (
  event: PaymentEvent,
  { orderId, paymentId, total }: Terms,
  occurredAt: Instant,
): OutgoingMessage | null => {
  const about = { aggregateId: orderId, occurredAt, correlationId: orderId };
  switch (event.type) {
    case 'Captured':
      return outgoing(paymentCaptured, { orderId, paymentId, amount: total }, about);
    case 'Declined':
      return outgoing(paymentDeclined, { orderId, paymentId, reason: event.reason }, about);
    case 'Released': {
      const { shipmentId, amount } = event.shipment;
      return outgoing(paymentReleased, { orderId, shipmentId, amount }, about);
    }
    case 'RefundSettled': {
      const { amount, refundId } = event;
      return outgoing(paymentRefunded, { orderId, paymentId, amount, refundId }, about);
    }
    default:
      return null;
  }
};
