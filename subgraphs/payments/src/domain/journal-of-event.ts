import type { Rate } from './conversion.ts';
import {
  capture,
  type Journal,
  reclaim,
  reclaimConverted,
  refund,
  release,
  releaseConverted,
  settleRefund,
} from './journal.ts';
import type { PaymentEvent, Terms } from './payment.ts';

/** The rate that an event converts money by; null when it converts none. */
export const rateOf = (event: PaymentEvent): Rate | null =>
  (event.type === 'Released' || event.type === 'Reclaimed') && event.conversion
    ? event.conversion.rate
    : null;

/**
 * The movement of money that an event of a payment means; null when none does. `present` is the present rate of what it converts,
 * where one is known.
 */
export const journalOf = (
  event: PaymentEvent,
  terms: Terms,
  present: Rate | null = null,
): Journal | null => {
  const journal = movementOf(event, terms, present);
  return journal && journal.entries.length > 0 ? journal : null;
};

const movementOf = (event: PaymentEvent, terms: Terms, present: Rate | null): Journal | null => {
  switch (event.type) {
    case 'Captured':
      return capture(terms, terms.paymentId, terms.total, terms.shipments);
    case 'Released': {
      const { shipment, commission, conversion } = event;
      const sale = [terms.orderId, shipment.sellerId, shipment, commission] as const;
      return conversion ? releaseConverted(...sale, conversion, present) : release(...sale);
    }
    case 'RefundRecorded':
      return refund(terms, event.refundId, event.amount, event.shares);
    case 'Reclaimed':
      return event.conversion
        ? reclaimConverted(terms, event.refundId, event, event.conversion, present)
        : reclaim(terms, event.refundId, event);
    case 'RefundSettled':
      return terms.method === 'CARD'
        ? settleRefund(terms.orderId, event.refundId, event.amount, terms.provider)
        : null;
    default:
      return null;
  }
};
