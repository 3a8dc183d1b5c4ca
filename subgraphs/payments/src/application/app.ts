import type { Instant } from '@emporium/domain';
import type { Viewer } from '@emporium/subgraph';
import type { DecideDispute, OpenDispute, WithdrawDispute } from './dispute-shipments.ts';
import type { followWallet } from './follow-wallet.ts';
import { mayReadDispute } from './may-dispute.ts';
import { mayReadPaymentMethods, mayReadWallet, paymentAsOpened, paymentAsSeenBy } from './may-read.ts';
import type { AddPaymentMethod } from './methods/add-payment-method.ts';
import type { RemovePaymentMethod, SetDefaultPaymentMethod } from './methods/change-payment-methods.ts';
import type { CommissionRate, ExchangeRate } from './ports.ts';
import type { DisputeQuery, Reads, WalletEntriesAfter } from './reads.ts';
import type { Reconcile } from './reconcile-day.ts';
import type { ReconciliationReads } from './reconciliation-reads.ts';
import type { ResolveCase } from './resolve-case.ts';
import type { SetCommissionRate } from './set-commission-rate.ts';
import type { SetExchangeRates } from './set-exchange-rates.ts';
import type { SetPayoutAccount } from './set-payout-account.ts';
import type { SetSettlementCurrency } from './set-settlement-currency.ts';
import type { TopUpWallet } from './top-up-wallet.ts';
import type { DisputeView, PaymentMethodView, PaymentView, WalletEntryView, WalletView } from './views.ts';
import type { Withdraw } from './withdraw.ts';
import type { WriteOffClaim } from './write-off-claim.ts';

/** Whose payment is asked for, and by a guest also with what they hold of the order; null without. */
export type AskedPayment = { readonly orderId: string; readonly orderToken: string | null };

/** All that GraphQL may ask of payments. Lists answer in the order of what was asked; null is unknown or foreign. */
export type App = ReconciliationReads & {
  findPayments(asked: readonly AskedPayment[], viewer: Viewer): Promise<(PaymentView | null)[]>;
  /** The wallet of the default currency comes first, and is there even when it is empty. */
  findWallets(userIds: readonly string[], viewer: Viewer): Promise<(readonly WalletView[] | null)[]>;
  /** One's own, the default first; null of anybody else's. */
  findPaymentMethods(
    userIds: readonly string[],
    viewer: Viewer,
  ): Promise<(readonly PaymentMethodView[] | null)[]>;
  readonly addPaymentMethod: AddPaymentMethod;
  readonly setDefaultPaymentMethod: SetDefaultPaymentMethod;
  readonly removePaymentMethod: RemovePaymentMethod;
  findWalletEntries(
    wallet: WalletView,
    after: WalletEntriesAfter,
    viewer: Viewer,
  ): Promise<readonly WalletEntryView[]>;
  /** Of orders whose payment the viewer may see, oldest first. */
  findDisputes(orderIds: readonly string[], viewer: Viewer): Promise<(readonly DisputeView[] | null)[]>;
  /** Newest first. Who may list them is the schema's to know. */
  listDisputes(
    wanted: DisputeQuery,
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly DisputeView[]>;
  readonly openDispute: OpenDispute;
  readonly withdrawDispute: WithdrawDispute;
  readonly decideDispute: DecideDispute;
  /** Who owes the marketplace: `Reads`. */
  readonly listClaims: Reads['claims'];
  /** Every rate that was ever set, last set first; `after` is the id of the last one seen. */
  listCommissionRates(page: {
    readonly limit: number;
    readonly after: string | null;
  }): Promise<readonly CommissionRate[]>;
  readonly setCommissionRate: SetCommissionRate;
  /** Every rate that sellers may be paid by, last set first; `after` is the id of the last one seen. */
  listExchangeRates(page: {
    readonly limit: number;
    readonly after: string | null;
  }): Promise<readonly ExchangeRate[]>;
  readonly setExchangeRates: SetExchangeRates;
  /** Null is that of each sale. Who may know is the schema's to say. */
  findSettlementCurrencies(sellerIds: readonly string[]): Promise<(string | null)[]>;
  readonly setSettlementCurrency: SetSettlementCurrency;
  /** Compares a day with every provider's report, now. */
  readonly reconcile: Reconcile;
  readonly resolveCase: ResolveCase;
  readonly writeOffClaim: WriteOffClaim;
  readonly topUpWallet: TopUpWallet;
  readonly withdraw: Withdraw;
  readonly setPayoutAccount: SetPayoutAccount;
  /** What comes into and goes out of somebody's wallets, as it does. */
  readonly followWallet: ReturnType<typeof followWallet>;
  /** The database's time. */
  now(): Promise<Instant>;
};

type UseCases = Pick<
  App,
  | 'addPaymentMethod'
  | 'setDefaultPaymentMethod'
  | 'removePaymentMethod'
  | 'openDispute'
  | 'withdrawDispute'
  | 'decideDispute'
  | 'setCommissionRate'
  | 'setExchangeRates'
  | 'setSettlementCurrency'
  | 'followWallet'
  | 'reconcile'
  | 'resolveCase'
  | 'writeOffClaim'
  | 'topUpWallet'
  | 'withdraw'
  | 'setPayoutAccount'
  | 'now'
>;

/** `hash` is the SHA-256 by which a guest's token is known. */
export const createApp = (reads: Reads, hash: (text: string) => string, useCases: UseCases): App => ({
  findPayments: async (asked, viewer) => {
    const payments = await reads.payments([...new Set(asked.map(({ orderId }) => orderId))]);
    return asked.map(({ orderId, orderToken }) => {
      const payment = payments.get(orderId);
      if (!payment) return null;
      return orderToken === null
        ? paymentAsSeenBy(viewer, payment)
        : paymentAsOpened(hash(orderToken), payment);
    });
  },
  findWallets: async (userIds, viewer) => {
    const visible = userIds.filter((userId) => mayReadWallet(viewer, userId));
    const wallets = await reads.wallets(visible);
    return userIds.map((userId) => wallets.get(userId) ?? null);
  },
  findPaymentMethods: async (userIds, viewer) => {
    const own = userIds.filter((userId) => mayReadPaymentMethods(viewer, userId));
    const methods = own.length === 0 ? null : await reads.paymentMethods(own);
    return userIds.map((userId) => methods?.get(userId) ?? null);
  },
  findWalletEntries: async ({ userId, balance }, after, viewer) =>
    mayReadWallet(viewer, userId) ? reads.walletEntries(userId, balance.currency, after) : [],
  findDisputes: async (orderIds, viewer) => {
    const [payments, disputes] = await Promise.all([reads.payments(orderIds), reads.disputesOf(orderIds)]);
    return orderIds.map((orderId) => {
      const payment = payments.get(orderId);
      if (!payment || !paymentAsSeenBy(viewer, payment)) return null;
      return (disputes.get(orderId) ?? []).filter((dispute) => mayReadDispute(viewer, dispute));
    });
  },
  listDisputes: (wanted, page) => reads.disputes(wanted, page),
  listClaims: (currency, page) => reads.claims(currency, page),
  listCommissionRates: (page) => reads.commissionRates(page),
  listExchangeRates: (page) => reads.exchangeRates(page),
  findSettlementCurrencies: async (sellerIds) => {
    const chosen = await reads.settlementCurrencies(sellerIds);
    return sellerIds.map((sellerId) => chosen.get(sellerId) ?? null);
  },
  reconciliationRuns: (day) => reads.reconciliationRuns(day),
  reconciliationCases: (day, statuses, page) => reads.reconciliationCases(day, statuses, page),
  reconciliationDays: (page) => reads.reconciliationDays(page),
  ...useCases,
});
