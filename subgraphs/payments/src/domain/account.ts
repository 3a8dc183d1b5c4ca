/** The pots that money moves between. What we own (ASSET) grows by debits, what we owe (LIABILITY) by credits. */
import type { Currency, Id } from '@emporium/domain';

export type Account = {
  /** Says what it is for; the same words always name the same account. */
  readonly id: string;
  readonly kind: 'ASSET' | 'LIABILITY';
  readonly currency: Currency;
  /** Whose wallet it is; null for every other account. */
  readonly ownerId: Id<'User'> | null;
};

/** What a user may spend. */
export const walletAccount = (ownerId: Id<'User'>, currency: Currency): Account => ({
  id: `wallet:${ownerId}:${currency}`,
  kind: 'LIABILITY',
  currency,
  ownerId,
});

/** What is held for one shipment until it arrives. */
export const escrowAccount = (shipmentId: Id<'Shipment'>, currency: Currency): Account =>
  liability(`escrow:${shipmentId}`, currency);

/** What the card provider holds for us. */
export const providerAccount = (currency: Currency): Account => ({
  id: `provider:card:${currency}`,
  kind: 'ASSET',
  currency,
  ownerId: null,
});

/** What the platform gave back to buyers and could not get from sellers. */
export const lossAccount = (currency: Currency): Account => ({
  id: `losses:${currency}`,
  kind: 'ASSET',
  currency,
  ownerId: null,
});

/** What the provider has yet to give back to a card. */
export const refundsDueAccount = (refundId: Id<'Refund'>, currency: Currency): Account =>
  liability(`refunds-due:${refundId}`, currency);

/** What the provider has yet to pay out. */
export const payoutsDueAccount = (withdrawalId: Id<'WalletRequest'>, currency: Currency): Account =>
  liability(`payouts-due:${withdrawalId}`, currency);

const liability = (id: string, currency: Currency): Account => ({
  id,
  kind: 'LIABILITY',
  currency,
  ownerId: null,
});
