/** Every movement of money that payments knows, as double entries. Amounts are minor units. */
import { add, type Id, type Money, negate, zero } from '@emporium/domain';
import {
  type Account,
  advancesAccount,
  claimsAccount,
  escrowAccount,
  exchangeLossAccount,
  feesAccount,
  gainAccount,
  givenAccount,
  lossAccount,
  payoutsDueAccount,
  providerAccount,
  refundsDueAccount,
  takenAccount,
  walletAccount,
  writeOffsAccount,
} from './account.ts';
import { type Conversion, presentValue, type Rate } from './conversion.ts';
import type { ProviderName } from './provider.ts';

export type JournalKind =
  | 'CAPTURE'
  | 'RELEASE'
  | 'REFUND'
  | 'REFUND_SETTLED'
  | 'TOP_UP'
  | 'WITHDRAWAL'
  | 'PAYOUT'
  | 'WRITE_OFF'
  | 'LOSS'
  | 'ADVANCE'
  | 'RECOVERY'
  | 'RECONCILIATION';

/** At whose word money moved: a user's, a provider's, or by a rule of payments. */
export type Actor = `user:${string}` | `provider:${'card' | ProviderName}` | 'payments';

const actorOf = (provider: ProviderName): Actor =>
  provider === 'sandbox' ? 'provider:card' : `provider:${provider}`;

export type Entry = {
  readonly account: Account;
  readonly side: 'DEBIT' | 'CREDIT';
  /** Above zero. */
  readonly amount: bigint;
};

export type Journal = {
  readonly kind: JournalKind;
  /** The order, top-up or withdrawal that it happened for, or whoever owed. */
  readonly cause: string;
  readonly orderId: Id<'Order'> | null;
  readonly actor: Actor;
  /** The books take a journal with a key that they have only once. */
  readonly idempotencyKey: string;
  /** Debits are credits in every currency, at most one per account, none of zero. */
  readonly entries: readonly Entry[];
  /** By which rate money was converted in it, and at which it was valued; null where no present one was known. */
  readonly conversion?: { readonly rate: Rate; readonly present: Rate | null };
};

export type PaymentMethod = 'CARD' | 'WALLET';

/** One shipment's share of an amount. */
export type Share = { readonly shipmentId: Id<'Shipment'>; readonly amount: Money };

/** Whose money it is and how it came. */
export type Source = {
  readonly orderId: Id<'Order'>;
  readonly buyerId: Id<'User'>;
  readonly method: PaymentMethod;
  /** Who took a card's money. */
  readonly provider: ProviderName;
};

const debit = (account: Account, { minor }: Money): Entry => ({ account, side: 'DEBIT', amount: minor });
const credit = (account: Account, { minor }: Money): Entry => ({ account, side: 'CREDIT', amount: minor });

/** As the books keep it: a debit above zero, a credit below. */
export const signed = ({ side, amount }: Entry): bigint => (side === 'DEBIT' ? amount : -amount);

const book = (
  kind: JournalKind,
  actor: Actor,
  cause: { orderId: Id<'Order'> } | { requestId: Id<'WalletRequest'> } | { debtorId: Id<'User'> },
  key: string,
  entries: readonly Entry[],
): Journal => ({
  kind,
  actor,
  cause: 'orderId' in cause ? cause.orderId : 'debtorId' in cause ? cause.debtorId : cause.requestId,
  orderId: 'orderId' in cause ? cause.orderId : null,
  idempotencyKey: key,
  entries: entries.filter(({ amount }) => amount !== 0n),
});

const escrowOf = ({ shipmentId, amount }: Share): Account => escrowAccount(shipmentId, amount.currency);

/** The buyer's money comes in, and is held per shipment. */
export const capture = (
  { orderId, buyerId, method, provider }: Source,
  paymentId: Id<'Payment'>,
  total: Money,
  shares: readonly Share[],
): Journal =>
  book('CAPTURE', `user:${buyerId}`, { orderId }, `capture:${paymentId}`, [
    debit(
      method === 'CARD'
        ? providerAccount(total.currency, provider)
        : walletAccount(buyerId, total.currency),
      total,
    ),
    ...shares.map((share) => credit(escrowOf(share), share.amount)),
  ]);

/** A shipment arrived: what was held for it is its seller's, less what the marketplace keeps. */
export const release = (
  orderId: Id<'Order'>,
  sellerId: Id<'User'>,
  share: Share,
  commission: Money = zero(share.amount.currency),
): Journal =>
  book('RELEASE', 'payments', { orderId }, `release:${share.shipmentId}`, [
    debit(escrowOf(share), share.amount),
    credit(walletAccount(sellerId, share.amount.currency), add(share.amount, negate(commission))),
    credit(feesAccount(commission.currency), commission),
  ]);

/** The same to a seller who is paid in another currency, at the rate that was promised; `present` values what we took for it. */
export const releaseConverted = (
  orderId: Id<'Order'>,
  sellerId: Id<'User'>,
  share: Share,
  commission: Money,
  conversion: Conversion,
  present: Rate | null,
): Journal => {
  const { rate, source, target } = conversion;
  const value = presentValue(conversion, present);
  return {
    ...book('RELEASE', 'payments', { orderId }, `release:${share.shipmentId}`, [
      debit(escrowOf(share), share.amount),
      credit(feesAccount(commission.currency), commission),
      credit(takenAccount(rate.from), source),
      debit(givenAccount(rate.to), value),
      credit(walletAccount(sellerId, rate.to), target),
      gainOrLoss(rate, value.minor - target.minor),
    ]),
    conversion: { rate, present },
  };
};

/** What we have by a conversion beyond what was promised; below zero what we lack. */
const gainOrLoss = ({ to: currency }: Rate, minor: bigint): Entry =>
  minor >= 0n
    ? credit(gainAccount(currency), { minor, currency })
    : debit(exchangeLossAccount(currency), { minor: -minor, currency });

/** What was held is the buyer's again: in the wallet at once, or due at the card provider. */
export const refund = (
  { orderId, buyerId, method }: Source,
  refundId: Id<'Refund'>,
  total: Money,
  shares: readonly Share[],
): Journal =>
  book('REFUND', 'payments', { orderId }, `refund:${refundId}`, [
    ...shares.map((share) => debit(escrowOf(share), share.amount)),
    credit(refundTarget(buyerId, method, refundId, total), total),
  ]);

/** A card's refund is due until its provider has paid it; a wallet has it at once. */
const refundTarget = (
  buyerId: Id<'User'>,
  method: PaymentMethod,
  refundId: Id<'Refund'>,
  { currency }: Money,
): Account =>
  method === 'CARD' ? refundsDueAccount(refundId, currency) : walletAccount(buyerId, currency);

/** What goes back after its seller was paid: the commission on it, the rest from the seller's wallet, what is missing there from the platform, which the seller then owes. */
export type Reclaimed = {
  readonly sellerId: Id<'User'>;
  readonly fromCommission: Money;
  readonly fromWallet: Money;
  readonly fromPlatform: Money;
  /** Where the seller was paid in another currency, which the last two are then in: what they are converted to. */
  readonly conversion?: Conversion;
};

/** The same as a refund, of what is not in escrow any more. A seller who bought from themselves only owes themselves. */
export const reclaim = (
  { orderId, buyerId, method }: Source,
  refundId: Id<'Refund'>,
  { sellerId, fromCommission, fromWallet, fromPlatform }: Reclaimed,
): Journal => {
  const { currency } = fromWallet;
  const ours = add(fromCommission, fromPlatform);
  const isOwn = method === 'WALLET' && buyerId === sellerId;
  const back = isOwn ? ours : add(fromWallet, ours);
  return book('REFUND', 'payments', { orderId }, `refund:${refundId}`, [
    ...(isOwn ? [] : [debit(walletAccount(sellerId, currency), fromWallet)]),
    debit(feesAccount(currency), fromCommission),
    debit(claimsAccount(sellerId, currency), fromPlatform),
    credit(refundTarget(buyerId, method, refundId, back), back),
  ]);
};

/** The same from a seller who was paid in another currency: they give back what they had for it, whatever it is worth now. */
export const reclaimConverted = (
  { orderId, buyerId, method }: Source,
  refundId: Id<'Refund'>,
  { sellerId, fromCommission, fromWallet, fromPlatform }: Reclaimed,
  conversion: Conversion,
  present: Rate | null,
): Journal => {
  const { rate, source, target } = conversion;
  const value = presentValue(conversion, present);
  const back = add(source, fromCommission);
  return {
    ...book('REFUND', 'payments', { orderId }, `refund:${refundId}`, [
      debit(walletAccount(sellerId, rate.to), fromWallet),
      debit(claimsAccount(sellerId, rate.to), fromPlatform),
      credit(takenAccount(rate.to), value),
      gainOrLoss(rate, target.minor - value.minor),
      debit(givenAccount(rate.from), source),
      debit(feesAccount(rate.from), fromCommission),
      credit(refundTarget(buyerId, method, refundId, back), back),
    ]),
    conversion: { rate, present },
  };
};

/** A user makes good what they owe. */
export const recovery = (debtorId: Id<'User'>, id: Id<'Recovery'>, amount: Money): Journal =>
  book('RECOVERY', 'payments', { debtorId }, `recovery:${id}`, [
    debit(walletAccount(debtorId, amount.currency), amount),
    credit(claimsAccount(debtorId, amount.currency), amount),
  ]);

/** The provider gave a card its money back. */
export const settleRefund = (
  orderId: Id<'Order'>,
  refundId: Id<'Refund'>,
  amount: Money,
  provider: ProviderName = 'sandbox',
): Journal =>
  book('REFUND_SETTLED', actorOf(provider), { orderId }, `refund-settled:${refundId}`, [
    debit(refundsDueAccount(refundId, amount.currency), amount),
    credit(providerAccount(amount.currency, provider), amount),
  ]);

/** A card paid into a wallet. */
export const topUp = (
  userId: Id<'User'>,
  requestId: Id<'WalletRequest'>,
  amount: Money,
  provider: ProviderName = 'sandbox',
): Journal =>
  book('TOP_UP', `user:${userId}`, { requestId }, `top-up:${requestId}`, [
    debit(providerAccount(amount.currency, provider), amount),
    credit(walletAccount(userId, amount.currency), amount),
  ]);

/** A user takes money out: it is due at the provider. */
export const withdraw = (userId: Id<'User'>, requestId: Id<'WalletRequest'>, amount: Money): Journal =>
  book('WITHDRAWAL', `user:${userId}`, { requestId }, `withdrawal:${requestId}`, [
    debit(walletAccount(userId, amount.currency), amount),
    credit(payoutsDueAccount(requestId, amount.currency), amount),
  ]);

/** The provider paid out what a user took. */
export const settlePayout = (
  requestId: Id<'WalletRequest'>,
  amount: Money,
  provider: ProviderName = 'sandbox',
): Journal =>
  book('PAYOUT', actorOf(provider), { requestId }, `payout:${requestId}`, [
    debit(payoutsDueAccount(requestId, amount.currency), amount),
    credit(providerAccount(amount.currency, provider), amount),
  ]);

/**
 * What a provider is about to pay of a currency beyond what it holds of it for us: conversions pay wallets in currencies that no
 * buyer may have paid in. `payment` is the refund or withdrawal that it pays.
 */
export const advance = (
  cause: { readonly orderId: Id<'Order'> } | { readonly requestId: Id<'WalletRequest'> },
  payment: string,
  amount: Money,
  provider: ProviderName,
): Journal =>
  book('ADVANCE', actorOf(provider), cause, `advance:${payment}`, [
    debit(providerAccount(amount.currency, provider), amount),
    credit(advancesAccount(amount.currency, provider), amount),
  ]);

/** What the marketplace gives a buyer back of its own, when nothing is held for the order any more. */
export const coverLoss = (
  { orderId, buyerId, method }: Source,
  refundId: Id<'Refund'>,
  amount: Money,
): Journal =>
  book('LOSS', 'payments', { orderId }, `loss:${refundId}`, [
    debit(lossAccount(amount.currency), amount),
    credit(refundTarget(buyerId, method, refundId, amount), amount),
  ]);

/** What a user owes and will never make good, as an administrator says: it is the marketplace's loss. */
export const writeOff = (
  debtorId: Id<'User'>,
  id: Id<'ClaimWriteOff'>,
  amount: Money,
  by: Id<'User'>,
): Journal =>
  book('WRITE_OFF', `user:${by}`, { debtorId }, `write-off:${id}`, [
    debit(writeOffsAccount(amount.currency), amount),
    credit(claimsAccount(debtorId, amount.currency), amount),
  ]);
