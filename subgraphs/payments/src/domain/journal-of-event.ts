import { capture, type Journal, reclaim, refund, release, settleRefund } from './journal.ts';
import type { PaymentEvent, Terms } from './payment.ts';

/** The movement of money that an event of a payment means; null when none does. */
export const journalOf = (event: PaymentEvent, terms: Terms): Journal | null => {
  const journal = movementOf(event, terms);
  return journal && journal.entries.length > 0 ? journal : null;
};

const movementOf = (event: PaymentEvent, terms: Terms): Journal | null => {
  switch (event.type) {
    case 'Captured':
      return capture(terms, terms.paymentId, terms.total, terms.shipments);
    case 'Released':
      return release(terms.orderId, event.shipment.sellerId, event.shipment, event.commission);
    case 'RefundRecorded':
      return refund(terms, event.refundId, event.amount, event.shares);
    case 'Reclaimed':
      return reclaim(terms, event.refundId, event);
    case 'RefundSettled':
      return terms.method === 'CARD'
        ? settleRefund(terms.orderId, event.refundId, event.amount, terms.provider)
        : null;
    default:
      return null;
  }
};
