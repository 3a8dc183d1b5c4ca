import type { PaymentView, WalletEntryView, WalletView } from './views.ts';

/** Newest first: `limit` entries that are older than the one at `before`. */
export type WalletEntriesAfter = { readonly limit: number; readonly before: bigint | null };

/** Port: what screens ask, many at a time. It knows no viewer: who may see what is decided before or after. */
export type Reads = {
  /** By order; an order whose payment nobody asked for is missing. */
  payments(orderIds: readonly string[]): Promise<ReadonlyMap<string, PaymentView>>;
  /** By user, the default currency first, one entry per user asked. */
  wallets(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly WalletView[]>>;
  walletEntries(
    userId: string,
    currency: string,
    after: WalletEntriesAfter,
  ): Promise<readonly WalletEntryView[]>;
};
