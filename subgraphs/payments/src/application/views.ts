/** What the application tells about payments and wallets. */
import type { Instant, Money } from '@emporium/domain';
import type { Rate } from '../domain/conversion.ts';
import type { DisputeReason, DisputeStatus } from '../domain/dispute.ts';
import type { BuyerAction, DeclineReason } from '../domain/payment.ts';
import type { Expiry } from '../domain/payment-method.ts';
import type { PaymentStatus } from '../domain/payment-status.ts';

export type PaymentView = {
  readonly orderId: string;
  readonly id: string;
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly refunded: Money;
  readonly buyerId: string;
  /** SHA-256 of the token that opens it to who ordered without an account; null of every other. */
  readonly guestTokenHash: string | null;
  /** What its buyer must do before their card pays; nobody else's to see. */
  readonly nextAction: BuyerAction | null;
  /** Why it is DECLINED; null otherwise. */
  readonly declineReason: DeclineReason | null;
  /** What of it is each seller's; minor units of the amount's currency. */
  readonly parts: readonly {
    readonly sellerId: string;
    readonly amount: bigint;
    readonly refunded: bigint;
  }[];
};

/** A card that a user keeps, or kept: what may be shown of it. */
export type PaymentMethodView = {
  readonly id: string;
  readonly userId: string;
  readonly label: string | null;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expiry: Expiry | null;
  readonly status: 'PENDING' | 'ACTIVE' | 'EXPIRED' | 'REMOVED';
  readonly isDefault: boolean;
  readonly addedAt: Instant;
};

export type DisputeView = {
  readonly id: string;
  readonly orderId: string;
  readonly shipmentId: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly reason: DisputeReason;
  readonly status: DisputeStatus;
  /** In the buyer's own words; null where there are none, or none any more. */
  readonly note: string | null;
  /** What its end gave to the buyer and to the seller. */
  readonly refunded: Money;
  readonly released: Money;
  readonly openedAt: Instant;
  readonly endedAt: Instant | null;
};

/**
 * A user's money in one currency; `pending` is escrow of shipments sold and top-ups that are not confirmed yet, `owed` what was
 * given back for them when they had it no more.
 */
export type WalletView = {
  readonly userId: string;
  readonly balance: Money;
  readonly pending: Money;
  readonly owed: Money;
  /** The last that are not confirmed yet, newest first. */
  readonly topUps: readonly TopUpView[];
};

/** A top-up that is not confirmed yet. */
export type TopUpView = {
  readonly id: string;
  readonly userId: string;
  readonly idempotencyKey: string;
  readonly amount: Money;
  readonly at: Instant;
  /** What the card's owner must do before it pays, and until when; nobody else's to see. */
  readonly nextAction: BuyerAction | null;
  readonly answerBy: Instant | null;
};

/** What somebody owes the marketplace in one currency, above zero; `id` is its account's. */
export type ClaimView = { readonly id: string; readonly userId: string; readonly owed: Money };

export type WalletEntryKind = 'TOP_UP' | 'PAYMENT' | 'REFUND' | 'SALE' | 'WITHDRAWAL' | 'RECOVERY';

export type WalletEntryView = {
  readonly id: string;
  /** Rises with every entry of the wallet. */
  readonly position: bigint;
  readonly kind: WalletEntryKind;
  /** Positive came in, negative went out. */
  readonly amount: Money;
  /** What the marketplace kept of it, negative when it gave that back; `amount` is without it. */
  readonly commission: Money;
  readonly at: Instant;
  readonly orderId: string | null;
  /** Where it came from a sale in another currency, or went back of one. */
  readonly conversion: WalletConversion | null;
};

/** What a wallet's entry was converted from: of a sale what was left of it after `commission`. Signed as the entry is. */
export type WalletConversion = {
  readonly from: Money;
  readonly commission: Money;
  readonly rate: Rate;
};
