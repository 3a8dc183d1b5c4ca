/** The pots that money moves between. What we own or lose grows by debits, what we owe or earn by credits. */
import type { Currency, Id } from '@emporium/domain';

export type Account = {
  /** Says what it is for; the same words always name the same account. */
  readonly id: string;
  readonly kind: 'ASSET' | 'LIABILITY' | 'INCOME' | 'EXPENSE';
  readonly currency: Currency;
  /** Whose wallet it is; null for every other account. */
  readonly ownerId: Id<'User'> | null;
  /** Journals of many causes come into it, perhaps at the same time. */
  readonly shared: boolean;
};

/** What a user may spend. */
export const walletAccount = (ownerId: Id<'User'>, currency: Currency): Account => ({
  ...shared('LIABILITY', `wallet:${ownerId}`, currency),
  ownerId,
});

/** What is held for one shipment until it arrives. */
export const escrowAccount = (shipmentId: Id<'Shipment'>, currency: Currency): Account =>
  ofOneCause(`escrow:${shipmentId}`, currency);

/** What a provider holds for us: what it took, less what it gave back and paid out. The sandbox's keeps the name of the first one. */
export const providerAccount = (currency: Currency, provider = 'sandbox'): Account =>
  shared('ASSET', provider === 'sandbox' ? 'provider:card' : `provider:${provider}`, currency);

/** What a provider paid for us of a currency that it did not hold: ours to buy for it. */
export const advancesAccount = (currency: Currency, provider = 'sandbox'): Account =>
  shared(
    'LIABILITY',
    provider === 'sandbox' ? 'provider:card:advances' : `provider:${provider}:advances`,
    currency,
  );

/** What the provider has yet to give back to a card. */
export const refundsDueAccount = (refundId: Id<'Refund'>, currency: Currency): Account =>
  ofOneCause(`refunds-due:${refundId}`, currency);

/** What the provider has yet to pay out. */
export const payoutsDueAccount = (withdrawalId: Id<'WalletRequest'>, currency: Currency): Account =>
  ofOneCause(`payouts-due:${withdrawalId}`, currency);

/** What the marketplace keeps of sales. */
export const feesAccount = (currency: Currency): Account => shared('INCOME', 'platform:fees', currency);

/** What a provider was to hold for us, or a user owed us, and we will never have. */
export const writeOffsAccount = (currency: Currency): Account =>
  shared('EXPENSE', 'platform:write-offs', currency);

/** What a provider holds for us and nobody here knows why: it is owed to somebody who has yet to be found. */
export const unexplainedAccount = (currency: Currency): Account =>
  shared('LIABILITY', 'platform:unexplained', currency);

/** What the marketplace gave back to buyers of its own, for a seller who had it no more: theirs to make good. */
export const claimsAccount = (sellerId: Id<'User'>, currency: Currency): Account =>
  shared('ASSET', `claims:${sellerId}`, currency);

/** What the marketplace has lost for good. */
export const lossAccount = (currency: Currency): Account => shared('EXPENSE', 'platform:loss', currency);

/** What conversions took of a currency, and what they gave of it: our position is the one less the other. Both only grow. */
export const takenAccount = (currency: Currency): Account => shared('LIABILITY', 'fx:taken', currency);
export const givenAccount = (currency: Currency): Account => shared('ASSET', 'fx:given', currency);

/** What was converted at a promised rate, and was worth more, or less, when it was. */
export const gainAccount = (currency: Currency): Account => shared('INCOME', 'platform:fx-gain', currency);
export const exchangeLossAccount = (currency: Currency): Account =>
  shared('EXPENSE', 'platform:fx-loss', currency);

const shared = (kind: Account['kind'], what: string, currency: Currency): Account => ({
  id: `${what}:${currency}`,
  kind,
  currency,
  ownerId: null,
  shared: true,
});

const ofOneCause = (id: string, currency: Currency): Account => ({
  id,
  kind: 'LIABILITY',
  currency,
  ownerId: null,
  shared: false,
});
