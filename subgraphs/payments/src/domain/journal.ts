/** Every movement of money that payments knows, as double entries. Amounts are minor units; debits are above zero. */
import type { Id, Money } from '@emporium/domain';
import {
  type Account,
  escrowAccount,
  lossAccount,
  payoutsDueAccount,
  providerAccount,
  refundsDueAccount,
  walletAccount,
} from './account.ts';

export type JournalKind =
  | 'CAPTURE'
  | 'RELEASE'
  | 'REFUND'
  | 'REFUND_SETTLED'
  | 'TOP_UP'
  | 'WITHDRAWAL'
  | 'PAYOUT';

export type Entry = { readonly account: Account; readonly amount: bigint };

export type Journal = {
  readonly kind: JournalKind;
  /** The order, top-up or withdrawal that it happened for. */
  readonly cause: string;
  readonly orderId: Id<'Order'> | null;
  /** The books take a journal with a key that they have only once. */
  readonly idempotencyKey: string;
  /** Sum to zero, at most one per account, none of zero. */
  readonly entries: readonly Entry[];
};

export type PaymentMethod = 'CARD' | 'WALLET';

/** One shipment's share of an amount. */
export type Share = { readonly shipmentId: Id<'Shipment'>; readonly amount: Money };

/** Whose money it is and how it came. */
export type Source = {
  readonly orderId: Id<'Order'>;
  readonly buyerId: Id<'User'>;
  readonly method: PaymentMethod;
};

const debit = (account: Account, { minor }: Money): Entry => ({ account, amount: minor });
const credit = (account: Account, { minor }: Money): Entry => ({ account, amount: -minor });

const book = (
  kind: JournalKind,
  cause: { orderId: Id<'Order'> } | { requestId: Id<'WalletRequest'> },
  key: string,
  entries: readonly Entry[],
): Journal => ({
  kind,
  cause: 'orderId' in cause ? cause.orderId : cause.requestId,
  orderId: 'orderId' in cause ? cause.orderId : null,
  idempotencyKey: key,
  entries: entries.filter(({ amount }) => amount !== 0n),
});

const escrowOf = ({ shipmentId, amount }: Share): Account => escrowAccount(shipmentId, amount.currency);

/** The buyer's money comes in, and is held per shipment. */
export const capture = (
  { orderId, buyerId, method }: Source,
  paymentId: Id<'Payment'>,
  total: Money,
  shares: readonly Share[],
): Journal =>
  book('CAPTURE', { orderId }, `capture:${paymentId}`, [
    debit(
      method === 'CARD' ? providerAccount(total.currency) : walletAccount(buyerId, total.currency),
      total,
    ),
    ...shares.map((share) => credit(escrowOf(share), share.amount)),
  ]);

/** A shipment arrived: what was held for it is its seller's. */
export const release = (orderId: Id<'Order'>, sellerId: Id<'User'>, share: Share): Journal =>
  book('RELEASE', { orderId }, `release:${share.shipmentId}`, [
    debit(escrowOf(share), share.amount),
    credit(walletAccount(sellerId, share.amount.currency), share.amount),
  ]);

/** What was held is the buyer's again: in the wallet at once, or due at the card provider. */
export const refund = (
  { orderId, buyerId, method }: Source,
  refundId: Id<'Refund'>,
  total: Money,
  shares: readonly Share[],
): Journal =>
  book('REFUND', { orderId }, `refund:${refundId}`, [
    ...shares.map((share) => debit(escrowOf(share), share.amount)),
    credit(
      method === 'CARD'
        ? refundsDueAccount(refundId, total.currency)
        : walletAccount(buyerId, total.currency),
      total,
    ),
  ]);

/** What goes back after its seller was paid: from the seller's wallet, and what is missing there from the platform. */
export type Reclaimed = {
  readonly sellerId: Id<'User'>;
  readonly fromWallet: Money;
  readonly fromPlatform: Money;
};

/** The same as a refund, of what is not in escrow any more. A seller who bought from themselves only owes themselves. */
export const reclaim = (
  { orderId, buyerId, method }: Source,
  refundId: Id<'Refund'>,
  { sellerId, fromWallet, fromPlatform }: Reclaimed,
): Journal => {
  const { currency } = fromWallet;
  const total = { minor: fromWallet.minor + fromPlatform.minor, currency };
  const isOwn = method === 'WALLET' && buyerId === sellerId;
  const back = isOwn ? fromPlatform : total;
  return book('REFUND', { orderId }, `refund:${refundId}`, [
    ...(isOwn ? [] : [debit(walletAccount(sellerId, currency), fromWallet)]),
    debit(lossAccount(currency), fromPlatform),
    credit(
      method === 'CARD' ? refundsDueAccount(refundId, currency) : walletAccount(buyerId, currency),
      back,
    ),
  ]);
};

/** The provider gave a card its money back. */
export const settleRefund = (orderId: Id<'Order'>, refundId: Id<'Refund'>, amount: Money): Journal =>
  book('REFUND_SETTLED', { orderId }, `refund-settled:${refundId}`, [
    debit(refundsDueAccount(refundId, amount.currency), amount),
    credit(providerAccount(amount.currency), amount),
  ]);

/** A card paid into a wallet. */
export const topUp = (userId: Id<'User'>, requestId: Id<'WalletRequest'>, amount: Money): Journal =>
  book('TOP_UP', { requestId }, `top-up:${requestId}`, [
    debit(providerAccount(amount.currency), amount),
    credit(walletAccount(userId, amount.currency), amount),
  ]);

/** A user takes money out: it is due at the provider. */
export const withdraw = (userId: Id<'User'>, requestId: Id<'WalletRequest'>, amount: Money): Journal =>
  book('WITHDRAWAL', { requestId }, `withdrawal:${requestId}`, [
    debit(walletAccount(userId, amount.currency), amount),
    credit(payoutsDueAccount(requestId, amount.currency), amount),
  ]);

/** The provider paid out what a user took. */
export const settlePayout = (requestId: Id<'WalletRequest'>, amount: Money): Journal =>
  book('PAYOUT', { requestId }, `payout:${requestId}`, [
    debit(payoutsDueAccount(requestId, amount.currency), amount),
    credit(providerAccount(amount.currency), amount),
  ]);

/** Whether the entries sum to zero in every currency. */
export const isBalanced = ({ entries }: Journal): boolean => {
  const sums = new Map<string, bigint>();
  for (const { account, amount } of entries) {
    sums.set(account.currency, (sums.get(account.currency) ?? 0n) + amount);
  }
  return [...sums.values()].every((total) => total === 0n);
};
