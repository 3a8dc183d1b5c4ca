import type { Id } from '@emporium/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { id, money, quantity } from '../wire.ts';

/** A buyer placed an order; inventory is asked to reserve its lines. Two lines may name the same variant. */
export const orderPlaced = defineEvent('orders.placed', 1, {
  orderId: id<'Order'>(),
  buyerId: id<'User'>(),
  total: money(),
  lines: z
    .array(z.object({ variantId: id<'Variant'>(), sellerId: id<'User'>(), quantity: quantity() }))
    .min(1),
});

/**
 * The stock is reserved; payments is asked to capture. A card's token travels sealed for payments, as a compact JWE that is
 * about `aboutCardToken` of its order; `token`, in clear, is only in messages from before.
 */
export const paymentRequested = defineEvent('orders.payment-requested', 1, {
  orderId: id<'Order'>(),
  buyerId: id<'User'>(),
  total: money(),
  method: z.enum(['CARD', 'WALLET']),
  token: z.string().optional(),
  sealedToken: z.string().optional(),
  /** A card that the buyer keeps with payments, in the place of a token. */
  paymentMethodId: id<'PaymentMethod'>().optional(),
  /** SHA-256 of the token that opens the order to who placed it without an account, as long as no account has claimed it. */
  guestTokenHash: z.string().optional(),
  /** What to hold in escrow for whom; the amounts sum to the total. */
  shipments: z
    .array(z.object({ shipmentId: id<'Shipment'>(), sellerId: id<'User'>(), amount: money() }))
    .min(1),
});

/** What a sealed token says that it is: in another order's message it does not open. */
export const aboutCardToken = (orderId: Id<'Order'>) =>
  ({ type: 'emporium-card-token', subject: orderId }) as const;

/** Stock is reserved and money captured: the sellers may ship. */
export const orderConfirmed = defineEvent('orders.confirmed', 1, { orderId: id<'Order'>() });

/** One seller's shipment is on its way. */
export const orderShipped = defineEvent('orders.shipped', 1, {
  orderId: id<'Order'>(),
  shipmentId: id<'Shipment'>(),
});

/** The buyer has one seller's shipment. */
export const orderDelivered = defineEvent('orders.delivered', 1, {
  orderId: id<'Order'>(),
  shipmentId: id<'Shipment'>(),
});

/** The purchase came to nothing: no stock, no money, or no answer in time. */
export const orderFailed = defineEvent('orders.failed', 1, {
  orderId: id<'Order'>(),
  reason: z.enum(['OUT_OF_STOCK', 'PAYMENT_DECLINED', 'RESERVATION_TIMED_OUT', 'PAYMENT_TIMED_OUT']),
});

/** The buyer, a seller or an administrator called the order off before anything shipped. */
export const orderCancelled = defineEvent('orders.cancelled', 1, { orderId: id<'Order'>() });

/**
 * Units of a paid order's shipment will not be sent, and `refund` goes back for them: what was paid for these units alone, and
 * for sending when nothing of the shipment is left. The order goes on; when its last unit is called off, `orders.cancelled` says
 * so instead. May be heard before `orders.confirmed` and after anything that came later. `cancellationId` is its own.
 */
export const linesCancelled = defineEvent('orders.lines-cancelled', 1, {
  orderId: id<'Order'>(),
  cancellationId: id<'Cancellation'>(),
  shipmentId: id<'Shipment'>(),
  sellerId: id<'User'>(),
  lines: z.array(z.object({ variantId: id<'Variant'>(), quantity: quantity() })).min(1),
  refund: money(),
});

/** An account took over an order that was placed without one: the order and its payment are that user's now, once and for good. */
export const orderClaimed = defineEvent('orders.claimed', 1, {
  orderId: id<'Order'>(),
  buyerId: id<'User'>(),
});

/**
 * Who placed an order without an account is forgotten, and its token opens nothing from now on. `buyerId` is the one that the
 * order was placed under, and leads to nobody. May be heard before `orders.payment-requested`.
 */
export const guestForgotten = defineEvent('orders.guest-forgotten', 1, {
  orderId: id<'Order'>(),
  buyerId: id<'User'>(),
});

/**
 * A buyer sent units of a shipment back, and `refund` goes back for them, which may be nothing. Each unit is in stock again, at
 * `locationId` or at its seller's default location, or it is written off; a variant may be named for both. May be heard before
 * the shipment's money was released, and after. `returnId` is its own.
 */
export const returnReceived = defineEvent('orders.return-received', 1, {
  orderId: id<'Order'>(),
  returnId: id<'Return'>(),
  shipmentId: id<'Shipment'>(),
  sellerId: id<'User'>(),
  lines: z
    .array(
      z.object({
        variantId: id<'Variant'>(),
        quantity: quantity(),
        disposition: z.enum(['RESTOCK', 'WRITE_OFF']),
        locationId: id<'Location'>().optional(),
      }),
    )
    .min(1),
  refund: money(),
});

/**
 * A cart changed: all that is in it now, and why. Without a buyer it is a guest's, whom nobody knows. Receivers keep the
 * highest version of each cart. `lines` are the first 5,000 of `lineCount`.
 */
export const cartChanged = defineEvent('orders.cart-changed', 1, {
  cartId: id<'Cart'>(),
  buyerId: id<'User'>().nullable(),
  version: z.int().positive(),
  cause: z.enum(['ADDED', 'CHANGED', 'REMOVED', 'MERGED', 'ORDERED', 'RETURNED', 'EXPIRED']),
  lineCount: z.int().nonnegative(),
  lines: z.array(z.object({ variantId: id<'Variant'>(), quantity: quantity() })).max(5000),
});
