import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { id, money } from '../wire.ts';

/** The buyer's money is held in escrow. */
export const paymentCaptured = defineEvent('payments.captured', 1, {
  orderId: id<'Order'>(),
  paymentId: id<'Payment'>(),
  amount: money(),
});

/**
 * No money is taken before the buyer has done something, such as proving to their bank that the card is theirs: it may take
 * them a while. `payments.captured` or `payments.declined` follows.
 */
export const paymentActionRequired = defineEvent('payments.action-required', 1, {
  orderId: id<'Order'>(),
  paymentId: id<'Payment'>(),
});

/** No money was taken, and none will be. */
export const paymentDeclined = defineEvent('payments.declined', 1, {
  orderId: id<'Order'>(),
  paymentId: id<'Payment'>(),
  reason: z.enum(['CARD_DECLINED', 'INSUFFICIENT_FUNDS', 'PROVIDER_ERROR']),
});

/**
 * A shipment's escrow went to its seller's wallet. `disputeId` is that of the dispute whose end released it: such a shipment
 * need not have been sent.
 */
export const paymentReleased = defineEvent('payments.released', 1, {
  orderId: id<'Order'>(),
  shipmentId: id<'Shipment'>(),
  amount: money(),
  disputeId: id<'Dispute'>().optional(),
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

/** A buyer disputes a shipment whose money is held: it is not released until `payments.dispute-decided`. */
export const disputeOpened = defineEvent('payments.dispute-opened', 1, {
  orderId: id<'Order'>(),
  disputeId: id<'Dispute'>(),
  shipmentId: id<'Shipment'>(),
  reason: z.enum(['NOT_RECEIVED', 'DAMAGED', 'NOT_AS_DESCRIBED', 'INCOMPLETE', 'OTHER']),
});

/**
 * A dispute is over: decided for the BUYER or the SELLER, WITHDRAWN, or LAPSED because all of the money went back for
 * another reason. `refunded` goes back and `released` to the seller because of it; when both are nothing, whatever is held
 * stays held. `payments.refunded` and `payments.released` say so again when it has happened. May be heard before
 * `payments.dispute-opened`.
 */
export const disputeDecided = defineEvent('payments.dispute-decided', 1, {
  orderId: id<'Order'>(),
  disputeId: id<'Dispute'>(),
  shipmentId: id<'Shipment'>(),
  outcome: z.enum(['BUYER', 'SELLER', 'WITHDRAWN', 'LAPSED']),
  refunded: money(),
  released: money(),
  /** The administrator who decided; null when nobody had to. */
  decidedBy: id<'User'>().nullable(),
});
