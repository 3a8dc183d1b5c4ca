/** A payment: what it can be, what may be asked of it, what then happens. No clock, no ids, no I/O. */
import type { Decision, Id, Instant, Money } from '@emporium/domain';
import type { BasisPoints } from './commission.ts';
import type { Conversion, Rate } from './conversion.ts';
import type { DisputeOutcome, DisputeReason } from './dispute.ts';
import type { PaymentMethod, Reclaimed, Share } from './journal.ts';
import type { ProviderName } from './provider.ts';

/** One seller's part of an order. */
export type Shipment = Share & {
  readonly sellerId: Id<'User'>;
  /** What the marketplace keeps of it, as it was when the payment was asked for. */
  readonly commissionRate: BasisPoints;
  /** By what its seller is paid in another currency than the sale's, as it was promised when the payment was asked for. */
  readonly settlement?: Rate;
};

/** What is to be paid, by whom, for what. */
export type Terms = {
  readonly orderId: Id<'Order'>;
  readonly paymentId: Id<'Payment'>;
  readonly buyerId: Id<'User'>;
  readonly method: PaymentMethod;
  /** Who is asked, and then holds the money, when a card pays. */
  readonly provider: ProviderName;
  readonly total: Money;
  readonly shipments: readonly Shipment[];
  /** SHA-256 of what opens it to who ordered without an account. Written when it is asked for, and no decision needs it. */
  readonly guestTokenHash?: string | undefined;
};

export type Escrow = Shipment & {
  /** Went back to the buyer while it was held, and after it was released; minor units. */
  readonly refunded: bigint;
  readonly reclaimed: bigint;
  /** What of both was by decisions of disputes, or because the whole order was cancelled. */
  readonly conceded: bigint;
  readonly state: 'held' | 'released' | 'refunded';
  readonly shipped: boolean;
  /** The open dispute that keeps it from being released. */
  readonly frozenBy: Id<'Dispute'> | null;
  /** It would have been released while it was frozen. */
  readonly releaseDue: boolean;
};

export type Refund = { readonly refundId: Id<'Refund'>; readonly amount: Money; readonly settled: boolean };

/** Only what a later decision needs; what a screen needs lives in the tables. */
export type Payment =
  | { readonly status: 'absent' }
  /** Ended before any money was taken; `requested` says whether anyone asked for it yet. */
  | { readonly status: 'void'; readonly requested: boolean }
  | { readonly status: 'pending'; readonly terms: Terms }
  /** The provider may have been asked: only its answer says whether money was taken. */
  | {
      readonly status: 'capturing';
      readonly terms: Terms;
      readonly cancelRequested: boolean;
      /** What the buyer was told to do. */
      readonly awaitsBuyer: BuyerAction | null;
    }
  | {
      readonly status: 'captured';
      readonly terms: Terms;
      readonly escrows: readonly Escrow[];
      readonly refunds: readonly Refund[];
    }
  | { readonly status: 'declined' };

/** What a card's owner must do before the card pays: go to the address, or else let the provider's own script do it with the secret. */
export type BuyerAction = {
  readonly url: string | null;
  readonly clientSecret: string | null;
  /** Where a provider finds by its own id alone what the buyer is to agree to. */
  readonly providerOrderId?: string;
};

export type DeclineReason =
  | 'CARD_DECLINED'
  | 'INSUFFICIENT_FUNDS'
  | 'PROVIDER_ERROR'
  | 'TOKEN_UNREADABLE'
  | MethodFault;

/** Why a saved method does not pay: no card is asked then. NOT_FOUND is also somebody else's. */
export type MethodFault = 'METHOD_NOT_FOUND' | 'METHOD_REMOVED' | 'METHOD_EXPIRED';

export type PaymentCommand =
  /** `funds` is the wallet's balance in minor units, or whether there is a card to ask. */
  | {
      readonly type: 'Request';
      readonly terms: Terms;
      readonly funds: bigint | 'CARD' | 'NO_CARD' | 'TOKEN_UNREADABLE' | MethodFault;
    }
  /** The provider is about to be asked. */
  | { readonly type: 'StartCapture' }
  /** Whoever was to be asked has not heard of it. */
  | { readonly type: 'ChangeProvider'; readonly provider: ProviderName }
  /** The card pays only when its owner has done that. */
  | { readonly type: 'RequireAction'; readonly action: BuyerAction }
  /** `refundId` is for the refund that follows when the order has ended meanwhile. */
  | { readonly type: 'ConfirmCapture'; readonly captureId: string; readonly refundId: Id<'Refund'> }
  | { readonly type: 'DeclineCapture'; readonly reason: DeclineReason }
  /** The provider is sure that it took nothing, and will not be asked again. */
  | { readonly type: 'AbandonCapture' }
  /** The order failed or was cancelled. `paidOut` says how each shipment that its seller was paid for would go back. */
  | {
      readonly type: 'Cancel';
      readonly paymentId: Id<'Payment'>;
      readonly refundId: Id<'Refund'>;
      readonly paidOut: readonly PaidOut[];
    }
  | { readonly type: 'Ship'; readonly shipmentId: Id<'Shipment'>; readonly at: Instant }
  /** The shipment arrived, or its time is up. */
  | { readonly type: 'Release'; readonly shipmentId: Id<'Shipment'> }
  /** A part of a shipment is not sent after all, or has come back from where it arrived. */
  | ({ readonly type: 'GiveBack'; readonly hasArrived: boolean } & PaidOut & Share)
  | { readonly type: 'SettleRefund'; readonly refundId: Id<'Refund'> }
  | {
      readonly type: 'OpenDispute';
      readonly disputeId: Id<'Dispute'>;
      readonly shipmentId: Id<'Shipment'>;
      readonly reason: DisputeReason;
    }
  | DecideDispute
  | {
      readonly type: 'WithdrawDispute';
      readonly disputeId: Id<'Dispute'>;
      readonly shipmentId: Id<'Shipment'>;
    };

/** `refund` goes back to the buyer, null being all that is held; what is left is the seller's. */
export type DecideDispute = {
  readonly type: 'DecideDispute';
  readonly disputeId: Id<'Dispute'>;
  readonly shipmentId: Id<'Shipment'>;
  readonly by: Id<'User'>;
  readonly refundId: Id<'Refund'>;
} & ({ readonly inFavourOf: 'SELLER' } | { readonly inFavourOf: 'BUYER'; readonly refund: Money | null });

/** `sellerFunds` is the balance of its seller's wallet, in the currency that they are paid in for it, before anything of the order is taken back. */
export type PaidOut = {
  readonly shipmentId: Id<'Shipment'>;
  readonly refundId: Id<'Refund'>;
  readonly sellerFunds: bigint;
};

export type PaymentEvent =
  | { readonly type: 'Requested'; readonly terms: Terms }
  /** Asked for when it was void already; only kept so that its buyer can see it. */
  | { readonly type: 'RequestedTooLate'; readonly terms: Terms }
  | { readonly type: 'CaptureStarted' }
  | { readonly type: 'ProviderChanged'; readonly provider: ProviderName }
  | { readonly type: 'ActionRequired'; readonly action: BuyerAction }
  /** `captureId` is the card provider's; null from a wallet. */
  | { readonly type: 'Captured'; readonly captureId: string | null }
  | { readonly type: 'Declined'; readonly reason: DeclineReason }
  /** `paymentId` names a payment that nobody has asked for yet. */
  | { readonly type: 'Voided'; readonly paymentId: Id<'Payment'> }
  | { readonly type: 'CancelRequested' }
  | { readonly type: 'Shipped'; readonly shipmentId: Id<'Shipment'>; readonly at: Instant }
  /** `disputeId` is the one whose end released it. */
  | {
      readonly type: 'Released';
      readonly shipment: Share & { readonly sellerId: Id<'User'> };
      /** What of it the marketplace keeps. */
      readonly commission: Money;
      /** Of the rest, where its seller is paid in another currency. */
      readonly conversion?: Conversion;
      readonly disputeId: Id<'Dispute'> | null;
    }
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
      readonly withWholeOrder?: boolean;
    } & Reclaimed)
  | { readonly type: 'RefundSettled'; readonly refundId: Id<'Refund'>; readonly amount: Money }
  /** Its escrow is frozen from now on. */
  | {
      readonly type: 'DisputeOpened';
      readonly disputeId: Id<'Dispute'>;
      readonly shipmentId: Id<'Shipment'>;
      readonly reason: DisputeReason;
    }
  /** Its escrow should have been released, and waits for the dispute instead. */
  | { readonly type: 'ReleaseHeldBack'; readonly shipmentId: Id<'Shipment'> }
  /** Its escrow is as free as any other. What goes where because of it follows as events of its own. */
  | {
      readonly type: 'DisputeEnded';
      readonly disputeId: Id<'Dispute'>;
      readonly shipmentId: Id<'Shipment'>;
      readonly outcome: DisputeOutcome;
      /** Who decided; null when nobody had to. */
      readonly by: Id<'User'> | null;
      /** What goes back to the buyer, and to the seller, by this. */
      readonly refunded: Money;
      readonly released: Money;
    };

/** What can happen to a payment once its money is there. */
export type AfterCapture = Extract<
  PaymentEvent,
  {
    type:
      | 'Shipped'
      | 'Released'
      | 'RefundRecorded'
      | 'Reclaimed'
      | 'RefundSettled'
      | 'DisputeOpened'
      | 'ReleaseHeldBack'
      | 'DisputeEnded';
  }
>;

/** Why a person has to look: no order of events that orders can produce leads here. */
export type PaymentRefusal =
  | 'AMOUNTS_DO_NOT_ADD_UP'
  /** More than the books take in one journal: refused before any card is asked. */
  | 'AMOUNT_TOO_LARGE'
  | 'NOT_CAPTURED'
  | 'UNKNOWN_SHIPMENT'
  | 'MORE_THAN_PAID'
  | 'CAPTURE_UNEXPECTED'
  | DisputeRefusal;

/** Why a dispute is not opened or decided: a person's mistake, or somebody else was quicker. */
export type DisputeRefusal =
  | 'ALREADY_RELEASED'
  | 'ALREADY_REFUNDED'
  | 'ALREADY_DISPUTED'
  | 'ALREADY_DECIDED'
  | 'MORE_THAN_HELD'
  | 'WRONG_CURRENCY';

export type PaymentDecision = Decision<PaymentEvent, PaymentRefusal>;

export const initial: Payment = { status: 'absent' };
