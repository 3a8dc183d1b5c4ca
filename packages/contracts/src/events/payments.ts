import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { id, money } from '../wire.ts';

/** The buyer's money is held in escrow. */
export const paymentCaptured = defineEvent('payments.captured', 1, {
  orderId: id<'Order'>(),
  paymentId: id<'Payment'>(),
  amount: money(),
});

/** No money was taken, and none will be. */
export const paymentDeclined = defineEvent('payments.declined', 1, {
  orderId: id<'Order'>(),
  paymentId: id<'Payment'>(),
  reason: z.enum(['CARD_DECLINED', 'INSUFFICIENT_FUNDS', 'PROVIDER_ERROR']),
});

/** A shipment's escrow went to its seller's wallet. */
export const paymentReleased = defineEvent('payments.released', 1, {
  orderId: id<'Order'>(),
  shipmentId: id<'Shipment'>(),
  amount: money(),
});

/**
 * Money went back to where it came from. `refundId` is the cancellation or the return that it is for, or an id of its own
 * where the whole order came to nothing.
 */
export const paymentRefunded = defineEvent('payments.refunded', 1, {
  orderId: id<'Order'>(),
  paymentId: id<'Payment'>(),
  amount: money(),
  refundId: id<'Refund'>().optional(),
});
