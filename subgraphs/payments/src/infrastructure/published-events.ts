import {
  disputeDecided,
  disputeOpened,
  paymentActionRequired,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  paymentReleased,
} from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { DeclineReason, PaymentEvent, Terms } from '../domain/payment.ts';

/** What the other subgraphs hear of what happened to a payment. */
export const messagesOf = (
  events: readonly PaymentEvent[],
  terms: Terms,
  occurredAt: Instant,
): OutgoingMessage[] => events.flatMap((event) => messageOf(event, terms, occurredAt) ?? []);

/** What is wrong with a saved method is between us and its user, and a token that does not open between us and operators: elsewhere it is a card that did not pay. */
const toldReason = (reason: DeclineReason) => {
  switch (reason) {
    case 'METHOD_NOT_FOUND':
    case 'METHOD_REMOVED':
    case 'METHOD_EXPIRED':
    case 'TOKEN_UNREADABLE':
      return 'CARD_DECLINED';
    default:
      return reason;
  }
};

const messageOf = (
  event: PaymentEvent,
  { orderId, paymentId, total }: Terms,
  occurredAt: Instant,
): OutgoingMessage | null => {
  const about = { aggregateId: orderId, occurredAt, correlationId: orderId };
  switch (event.type) {
    case 'Captured':
      return outgoing(paymentCaptured, { orderId, paymentId, amount: total }, about);
    case 'ActionRequired':
      return outgoing(paymentActionRequired, { orderId, paymentId }, about);
    case 'Declined':
      return outgoing(paymentDeclined, { orderId, paymentId, reason: toldReason(event.reason) }, about);
    case 'Released': {
      const { shipmentId, amount } = event.shipment;
      const { disputeId } = event;
      return outgoing(
        paymentReleased,
        { orderId, shipmentId, amount, ...(disputeId && { disputeId }) },
        about,
      );
    }
    case 'DisputeOpened': {
      const { disputeId, shipmentId, reason } = event;
      return outgoing(disputeOpened, { orderId, disputeId, shipmentId, reason }, about);
    }
    case 'DisputeEnded': {
      const { disputeId, shipmentId, outcome, refunded, released } = event;
      return outgoing(
        disputeDecided,
        { orderId, disputeId, shipmentId, outcome, refunded, released, decidedBy: event.by },
        about,
      );
    }
    case 'RefundSettled': {
      const { amount, refundId } = event;
      return outgoing(paymentRefunded, { orderId, paymentId, amount, refundId }, about);
    }
    default:
      return null;
  }
};
