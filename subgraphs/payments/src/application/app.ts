import type { Instant } from '@emporium/domain';
import type { Viewer } from '@emporium/subgraph';
import { mayReadWallet, paymentAsSeenBy } from './may-read.ts';
import type { Reads, WalletEntriesAfter } from './reads.ts';
import type { TopUpWallet } from './top-up-wallet.ts';
import type { PaymentView, WalletEntryView, WalletView } from './views.ts';
import type { Withdraw } from './withdraw.ts';

/** All that GraphQL may ask of payments. Lists answer in the order of what was asked; null is unknown or foreign. */
export type App = {
  findPayments(orderIds: readonly string[], viewer: Viewer): Promise<(PaymentView | null)[]>;
  /** The wallet of the default currency comes first, and is there even when it is empty. */
  findWallets(userIds: readonly string[], viewer: Viewer): Promise<(readonly WalletView[] | null)[]>;
  findWalletEntries(
    wallet: WalletView,
    after: WalletEntriesAfter,
    viewer: Viewer,
  ): Promise<readonly WalletEntryView[]>;
  readonly topUpWallet: TopUpWallet;
  readonly withdraw: Withdraw;
  /** The database's time. */
  now(): Promise<Instant>;
};

export const createApp = (
  reads: Reads,
  { topUpWallet, withdraw, now }: Pick<App, 'topUpWallet' | 'withdraw' | 'now'>,
): App => ({
  findPayments: async (orderIds, viewer) => {
    const payments = await reads.payments(orderIds);
    return orderIds.map((orderId) => {
      const payment = payments.get(orderId);
      return payment ? paymentAsSeenBy(viewer, payment) : null;
    });
  },
  findWallets: async (userIds, viewer) => {
    const visible = userIds.filter((userId) => mayReadWallet(viewer, userId));
    const wallets = await reads.wallets(visible);
    return userIds.map((userId) => wallets.get(userId) ?? null);
  },
  findWalletEntries: async ({ userId, balance }, after, viewer) =>
    mayReadWallet(viewer, userId) ? reads.walletEntries(userId, balance.currency, after) : [],
  topUpWallet,
  withdraw,
  now,
});
