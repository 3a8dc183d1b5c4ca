/** What can happen to an order: one event per fact. No personal data: it carries ids. */
import type { Id, Instant, Money } from '@emporium/domain';
import type { Amounts, AppliedCoupon, Reason } from './checkout/quote.ts';
import type { ShippingMethod } from './checkout/rules.ts';
import type { PurchaseStep } from './purchase-step.ts';
import type { ReturnEvent } from './return-event.ts';
import type { Units } from './shipment.ts';

export type PaymentMethod = 'CARD' | 'WALLET';

export type FailureReason =
  | 'OUT_OF_STOCK'
  | 'PAYMENT_DECLINED'
  | 'RESERVATION_TIMED_OUT'
  | 'PAYMENT_TIMED_OUT';

export type OrderedLine = {
  readonly shipmentId: Id<'Shipment'>;
  readonly variantId: Id<'Variant'>;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** What was taken off, and the tax that came on top and that is in what is left. */
  readonly discount: Money;
  readonly tax: Money;
  readonly includedTax: Money;
  /** Which rules made these, in their versions of then. */
  readonly reasons: readonly Reason[];
};

export type PlannedShipment = {
  readonly id: Id<'Shipment'>;
  readonly sellerId: Id<'User'>;
  /** All that its seller gets for it: the total of `amounts`. */
  readonly amount: Money;
  /** Null in orders from before there was a choice. */
  readonly shippingMethod: ShippingMethod | null;
  readonly amounts: Amounts;
  /** Those of sending it; lines have their own. */
  readonly reasons: readonly Reason[];
};

export type Placed = {
  readonly type: 'Placed';
  readonly at: Instant;
  readonly buyerId: Id<'User'>;
  readonly lines: readonly OrderedLine[];
  readonly shipments: readonly PlannedShipment[];
  readonly total: Money;
  readonly amounts: Amounts;
  readonly coupon: AppliedCoupon | null;
  readonly method: PaymentMethod;
};

/** So many units of a line that its seller does not have yet. */
export type Backordered = { readonly variantId: Id<'Variant'>; readonly quantity: number };

export type StockReserved = {
  readonly type: 'StockReserved';
  readonly at: Instant;
  /** What of it waits for goods to come. */
  readonly backordered: readonly Backordered[];
};
/** Goods came that lines had waited for; each says how many it waits for after that. May come before StockReserved. */
export type BackorderFilled = {
  readonly type: 'BackorderFilled';
  readonly at: Instant;
  readonly waiting: readonly Backordered[];
};
export type Confirmed = {
  readonly type: 'Confirmed';
  readonly at: Instant;
  readonly paymentId: Id<'Payment'>;
};
/** A part of a shipment left, and more is to come. */
export type ParcelShipped = {
  readonly type: 'ParcelShipped';
  readonly at: Instant;
  readonly shipmentId: Id<'Shipment'>;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly lines: readonly Units[];
  readonly by: Id<'User'>;
};
/** All that was still to be sent left, in one parcel; there may be nothing, when the rest was called off. */
export type ShipmentShipped = {
  readonly type: 'ShipmentShipped';
  readonly at: Instant;
  readonly shipmentId: Id<'Shipment'>;
  readonly carrier: string;
  readonly trackingNumber: string;
  /** Who said so; null for what was sent before that was kept. */
  readonly by: Id<'User'> | null;
};
export type ShipmentDelivered = {
  readonly type: 'ShipmentDelivered';
  readonly at: Instant;
  readonly shipmentId: Id<'Shipment'>;
};
/** Units of a shipment that will not be sent. */
export type CalledOffPart = {
  readonly shipmentId: Id<'Shipment'>;
  readonly lines: readonly Units[];
  /** What goes back for them. */
  readonly amount: Money;
};
/** Units of a shipment will not be sent; the order goes on, unless they were the last: then it is cancelled next. */
export type LinesCancelled = CalledOffPart & {
  readonly type: 'LinesCancelled';
  readonly at: Instant;
  readonly cancellationId: Id<'Cancellation'>;
  readonly by: Id<'User'>;
};
/** The shipment's money is its seller's. */
export type ShipmentReleased = {
  readonly type: 'ShipmentReleased';
  readonly at: Instant;
  readonly shipmentId: Id<'Shipment'>;
  /** A dispute gave it to them before all of it was sent. It is said again, and is no longer ahead, when the goods arrive. */
  readonly ahead: boolean;
};
export type DisputeReason = 'NOT_RECEIVED' | 'DAMAGED' | 'NOT_AS_DESCRIBED' | 'INCOMPLETE' | 'OTHER';
/** LAPSED: all of the money went back for another reason. */
export type DisputeOutcome = 'BUYER' | 'SELLER' | 'WITHDRAWN' | 'LAPSED';
/** Its buyer disputes a shipment: its money waits. May come after its end. */
export type DisputeOpened = {
  readonly type: 'DisputeOpened';
  readonly at: Instant;
  readonly disputeId: Id<'Dispute'>;
  readonly shipmentId: Id<'Shipment'>;
  readonly reason: DisputeReason;
};
/** A dispute is over. */
export type DisputeDecided = {
  readonly type: 'DisputeDecided';
  readonly at: Instant;
  readonly disputeId: Id<'Dispute'>;
  readonly shipmentId: Id<'Shipment'>;
  readonly outcome: DisputeOutcome;
  /** What goes back, and to the seller, because of it. */
  readonly refunded: Money;
  readonly released: Money;
  /** Who decided; null when nobody had to. */
  readonly by: Id<'User'> | null;
};
export type Failed = { readonly type: 'Failed'; readonly at: Instant; readonly reason: FailureReason };
/** Nothing of the order is sent. */
export type Cancelled = {
  readonly type: 'Cancelled';
  readonly at: Instant;
  readonly by: Id<'User'>;
  /** What was still to be sent until then, shipment by shipment. None where the last was called off by itself, or was not kept. */
  readonly parts: readonly CalledOffPart[];
};
/** Money went back to the buyer; it changes nothing here. */
export type Refunded = {
  readonly type: 'Refunded';
  readonly at: Instant;
  readonly paymentId: Id<'Payment'>;
  readonly amount: Money;
};

/** An account took the order over from the guest who had placed it; nothing else changes. */
export type Claimed = { readonly type: 'Claimed'; readonly at: Instant; readonly by: Id<'User'> };

/** A step was not answered in time, and the question was put once more. */
export type AskedAgain = {
  readonly type: 'AskedAgain';
  readonly at: Instant;
  readonly step: PurchaseStep;
  /** How often it has been asked now: 2 for the first time again. */
  readonly attempt: number;
};
/** A step was not answered however often it was asked, and the order cannot end by itself: a person has to look. */
export type PurchaseParked = {
  readonly type: 'PurchaseParked';
  readonly at: Instant;
  readonly step: PurchaseStep;
};

/** Its buyer has something to do before the money comes, and is given longer for it. */
export type PaymentAwaitsBuyer = { readonly type: 'PaymentAwaitsBuyer'; readonly at: Instant };

/** Answers that came when the order had already ended: they enter the timeline and change nothing. */
export type CameLate = {
  readonly type: 'ReservationCameLate' | 'RejectionCameLate' | 'PaymentCameLate' | 'DeclineCameLate';
  readonly at: Instant;
};

export type OrderEvent =
  | Placed
  | StockReserved
  | BackorderFilled
  | Confirmed
  | ParcelShipped
  | ShipmentShipped
  | LinesCancelled
  | ShipmentDelivered
  | ShipmentReleased
  | DisputeOpened
  | DisputeDecided
  | Failed
  | Cancelled
  | Refunded
  | ReturnEvent
  | Claimed
  | PaymentAwaitsBuyer
  | AskedAgain
  | PurchaseParked
  | CameLate;
