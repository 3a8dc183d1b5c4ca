/** A payment: what it can be, what may be asked of it, what then happens. No clock, no ids, no I/O. */
import type { Decision, Id, Instant, Money } from '@emporium/domain';
import type { PaymentMethod, Reclaimed, Share } from './journal.ts';

/** One seller's part of an order. */
export type Shipment = Share & { readonly sellerId: Id<'User'> };

/** What is to be paid, by whom, for what. */
export type Terms = {
  readonly orderId: Id<'Order'>;
  readonly paymentId: Id<'Payment'>;
  readonly buyerId: Id<'User'>;
  readonly method: PaymentMethod;
  readonly total: Money;
  readonly shipments: readonly Shipment[];
};

export type Escrow = Shipment & {
  /** Went back to the buyer while it was held, and after it was released; minor units. */
  readonly refunded: bigint;
  readonly reclaimed: bigint;
  readonly state: 'held' | 'released' | 'refunded';
  readonly shipped: boolean;
};

export type Refund = { readonly refundId: Id<'Refund'>; readonly amount: Money; readonly settled: boolean };

/** Only what a later decision needs; what a screen needs lives in the tables. */
export type Payment =
  | { readonly status: 'absent' }
  /** Ended before any money was taken; `requested` says whether anyone asked for it yet. */
  | { readonly status: 'void'; readonly requested: boolean }
  | { readonly status: 'pending'; readonly terms: Terms }
  /** The provider may have been asked: only its answer says whether money was taken. */
  | { readonly status: 'capturing'; readonly terms: Terms; readonly cancelRequested: boolean }
  | {
      readonly status: 'captured';
      readonly terms: Terms;
      readonly escrows: readonly Escrow[];
      readonly refunds: readonly Refund[];
    }
  | { readonly status: 'declined' };

export type DeclineReason = 'CARD_DECLINED' | 'INSUFFICIENT_FUNDS' | 'PROVIDER_ERROR';

export type PaymentCommand =
  /** `funds` is the wallet's balance in minor units, or whether there is a card to ask. */
  | { readonly type: 'Request'; readonly terms: Terms; readonly funds: bigint | 'CARD' | 'NO_CARD' }
  /** The provider is about to be asked. */
  | { readonly type: 'StartCapture' }
  /** `refundId` is for the refund that follows when the order has ended meanwhile. */
  | { readonly type: 'ConfirmCapture'; readonly captureId: string; readonly refundId: Id<'Refund'> }
  | { readonly type: 'DeclineCapture'; readonly reason: DeclineReason }
  /** The provider is sure that it took nothing, and will not be asked again. */
  | { readonly type: 'AbandonCapture' }
  /** The order failed or was cancelled. */
  | { readonly type: 'Cancel'; readonly paymentId: Id<'Payment'>; readonly refundId: Id<'Refund'> }
  | { readonly type: 'Ship'; readonly shipmentId: Id<'Shipment'>; readonly at: Instant }
  /** The shipment arrived, or its time is up. */
  | { readonly type: 'Release'; readonly shipmentId: Id<'Shipment'> }
  /**
   * A part of a shipment is not sent after all, or has come back from where it arrived. `sellerFunds` is the balance of its
   * seller's wallet.
   */
  | ({
      readonly type: 'GiveBack';
      readonly refundId: Id<'Refund'>;
      readonly sellerFunds: bigint;
      readonly hasArrived: boolean;
    } & Share)
  | { readonly type: 'SettleRefund'; readonly refundId: Id<'Refund'> };

export type PaymentEvent =
  | { readonly type: 'Requested'; readonly terms: Terms }
  /** Asked for when it was void already; only kept so that its buyer can see it. */
  | { readonly type: 'RequestedTooLate'; readonly terms: Terms }
  | { readonly type: 'CaptureStarted' }
  /** `captureId` is the card provider's; null from a wallet. */
  | { readonly type: 'Captured'; readonly captureId: string | null }
  | { readonly type: 'Declined'; readonly reason: DeclineReason }
  /** `paymentId` names a payment that nobody has asked for yet. */
  | { readonly type: 'Voided'; readonly paymentId: Id<'Payment'> }
  | { readonly type: 'CancelRequested' }
  | { readonly type: 'Shipped'; readonly shipmentId: Id<'Shipment'>; readonly at: Instant }
  | { readonly type: 'Released'; readonly shipment: Shipment }
  | {
      readonly type: 'RefundRecorded';
      readonly refundId: Id<'Refund'>;
      readonly amount: Money;
      readonly shares: readonly Share[];
      /** What arrived is still to be released, even when nothing is left to pay its seller. */
      readonly staysHeld?: true;
    }
  /** A refund of what the seller has already. */
  | ({
      readonly type: 'Reclaimed';
      readonly refundId: Id<'Refund'>;
      readonly amount: Money;
      readonly shipmentId: Id<'Shipment'>;
    } & Reclaimed)
  | { readonly type: 'RefundSettled'; readonly refundId: Id<'Refund'>; readonly amount: Money };

/** Why a person has to look: no order of events that orders can produce leads here. */
export type PaymentRefusal =
  | 'AMOUNTS_DO_NOT_ADD_UP'
  /** More than the books take in one journal: refused before any card is asked. */
  | 'AMOUNT_TOO_LARGE'
  | 'NOT_CAPTURED'
  | 'UNKNOWN_SHIPMENT'
  | 'MORE_THAN_PAID'
  | 'CAPTURE_UNEXPECTED';

export type PaymentDecision = Decision<PaymentEvent, PaymentRefusal>;

export const initial: Payment = { status: 'absent' };
