/** What may be asked of an order, by people and by what is heard. Time and ids arrive with the command. */
import type { Id, Instant, Money } from '@emporium/domain';
import type { Quote } from './checkout/quote.ts';
import type { Backordered, DisputeOutcome, DisputeReason, PaymentMethod } from './order-event.ts';
import type { LastResort, PurchaseStep } from './purchase-step.ts';
import type { ArrivedUnits, ReturnReason } from './return.ts';
import type { Units } from './shipment.ts';

/** Who asks. */
export type Actor = { readonly id: Id<'User'>; readonly isAdmin: boolean };

export type Place = {
  readonly type: 'Place';
  readonly at: Instant;
  readonly buyerId: Id<'User'>;
  /** What the buyer's cart comes to. */
  readonly quote: Quote;
  /** A fresh id for each seller's shipment. */
  readonly shipmentIds: ReadonlyMap<Id<'User'>, Id<'Shipment'>>;
  readonly method: PaymentMethod;
};

export type NoteReservation = {
  readonly type: 'NoteReservation';
  readonly at: Instant;
  readonly backordered: readonly Backordered[];
};
/** `waiting` is what is left, not what came: it only ever falls. */
export type NoteBackorderFilled = {
  readonly type: 'NoteBackorderFilled';
  readonly at: Instant;
  readonly waiting: readonly Backordered[];
};
export type NoteRejection = { readonly type: 'NoteRejection'; readonly at: Instant };
export type NotePayment = {
  readonly type: 'NotePayment';
  readonly at: Instant;
  readonly paymentId: Id<'Payment'>;
  readonly amount: Money;
};
/** The buyer has something to do before the money comes. */
export type NoteActionRequired = { readonly type: 'NoteActionRequired'; readonly at: Instant };
export type NoteDecline = { readonly type: 'NoteDecline'; readonly at: Instant };
/** Nobody answered in the time that a step has for each time of asking. */
export type TimeOut = {
  readonly type: 'TimeOut';
  readonly at: Instant;
  readonly step: PurchaseStep;
  readonly retries: number;
  readonly lastResort: LastResort;
};
export type Cancel = { readonly type: 'Cancel'; readonly at: Instant; readonly by: Actor };
export type Ship = {
  readonly type: 'Ship';
  readonly at: Instant;
  readonly by: Actor;
  readonly shipmentId: Id<'Shipment'>;
  readonly carrier: string;
  readonly trackingNumber: string;
  /** Null is all that is still to be sent. */
  readonly lines: readonly Units[] | null;
};
/** `cancellationId` is for what comes of it. */
export type CancelShipment = {
  readonly type: 'CancelShipment';
  readonly at: Instant;
  readonly by: Actor;
  readonly shipmentId: Id<'Shipment'>;
  readonly cancellationId: Id<'Cancellation'>;
};
export type CancelLine = Units & {
  readonly type: 'CancelLine';
  readonly at: Instant;
  readonly by: Actor;
  readonly cancellationId: Id<'Cancellation'>;
  /** How many of the line were called off when this was wished; null when whoever wishes it did not look. */
  readonly expectedCancelled?: number | null;
};
/** Whoever bought it is gone: whatever has not left is called off, each shipment's under an id of its own. */
export type CancelUnsent = {
  readonly type: 'CancelUnsent';
  readonly at: Instant;
  readonly by: Actor;
  readonly parts: readonly Pick<CancelShipment, 'shipmentId' | 'cancellationId'>[];
};
export type ConfirmDelivery = {
  readonly type: 'ConfirmDelivery';
  readonly at: Instant;
  readonly by: Actor;
  readonly shipmentId: Id<'Shipment'>;
};
/** Whoever holds the token of an order that a guest placed wants it for their account. */
export type Claim = { readonly type: 'Claim'; readonly at: Instant; readonly by: Id<'User'> };
/** `isDecided`: the end of a dispute released it, whether it had been sent or not. */
export type NoteRelease = {
  readonly type: 'NoteRelease';
  readonly at: Instant;
  readonly shipmentId: Id<'Shipment'>;
  readonly isDecided: boolean;
};
export type NoteDisputeOpened = {
  readonly type: 'NoteDisputeOpened';
  readonly at: Instant;
  readonly disputeId: Id<'Dispute'>;
  readonly shipmentId: Id<'Shipment'>;
  readonly reason: DisputeReason;
};
/** `cancellationId` is for what is not sent any more because of it. */
export type NoteDisputeDecided = {
  readonly type: 'NoteDisputeDecided';
  readonly at: Instant;
  readonly disputeId: Id<'Dispute'>;
  readonly shipmentId: Id<'Shipment'>;
  readonly outcome: DisputeOutcome;
  readonly refunded: Money;
  readonly released: Money;
  readonly decidedBy: Id<'User'> | null;
  readonly cancellationId: Id<'Cancellation'>;
};
export type NoteRefund = {
  readonly type: 'NoteRefund';
  readonly at: Instant;
  readonly paymentId: Id<'Payment'>;
  readonly amount: Money;
  /** What it is for: of a return its id; null where it was not said. */
  readonly refundId: Id<'Refund'> | null;
};

type AskedOfReturn = { readonly at: Instant; readonly by: Actor; readonly returnId: Id<'Return'> };

/** `returnId` is for what comes of it. */
export type RequestReturn = AskedOfReturn & {
  readonly type: 'RequestReturn';
  readonly shipmentId: Id<'Shipment'>;
  readonly lines: readonly Units[];
  readonly reason: ReturnReason;
  /** What arrived before then is the buyer's for good. */
  readonly arrivedSince: Instant;
};
export type DecideOnReturn = AskedOfReturn & {
  readonly type: 'ApproveReturn' | 'RejectReturn' | 'WithdrawReturn';
};
export type ReceiveReturn = AskedOfReturn & {
  readonly type: 'ReceiveReturn';
  readonly lines: readonly ArrivedUnits[];
  /** Null is what was paid for them. */
  readonly refund: Money | null;
  /** Somebody said why it is less than that. */
  readonly isExplained: boolean;
};

export type ReturnCommand = RequestReturn | DecideOnReturn | ReceiveReturn;

export type OrderCommand =
  | Place
  | NoteReservation
  | NoteBackorderFilled
  | NoteRejection
  | NotePayment
  | NoteDecline
  | NoteActionRequired
  | TimeOut
  | Cancel
  | Ship
  | CancelShipment
  | CancelLine
  | CancelUnsent
  | ConfirmDelivery
  | Claim
  | NoteRelease
  | NoteDisputeOpened
  | NoteDisputeDecided
  | NoteRefund
  | ReturnCommand;
