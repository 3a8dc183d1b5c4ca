import type { DisputeStatus } from '../domain/dispute.ts';
import type { CommissionRate, ExchangeRate } from './ports.ts';
import type { ReconciliationReads } from './reconciliation-reads.ts';
import type {
  ClaimView,
  DisputeView,
  PaymentMethodView,
  PaymentView,
  WalletEntryView,
  WalletView,
} from './views.ts';

/** Newest first: `limit` entries that are older than the one at `before`. */
export type WalletEntriesAfter = { readonly limit: number; readonly before: bigint | null };

/** Where a claim stands among others. */
export type ClaimPlace = { readonly minor: bigint; readonly id: string };

/** Which disputes are wanted; whatever is null does not matter. */
export type DisputeQuery = {
  readonly statuses: readonly DisputeStatus[] | null;
  readonly orderId: string | null;
  readonly sellerId: string | null;
};

/** Port: what screens ask, many at a time. It knows no viewer: who may see what is decided before or after. */
export type Reads = ReconciliationReads & {
  /** By order; an order whose payment nobody asked for is missing. */
  payments(orderIds: readonly string[]): Promise<ReadonlyMap<string, PaymentView>>;
  /** By user, the default currency first, one entry per user asked. */
  wallets(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly WalletView[]>>;
  /** By user, the default first, then the last added first; one entry per user asked. */
  paymentMethods(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly PaymentMethodView[]>>;
  dispute(id: string): Promise<DisputeView | null>;
  /** By order, oldest first; an order without any is missing. */
  disputesOf(orderIds: readonly string[]): Promise<ReadonlyMap<string, readonly DisputeView[]>>;
  /** Newest first; `after` is the id of the last one seen. */
  disputes(
    wanted: DisputeQuery,
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly DisputeView[]>;
  /** Most owed first, in one currency or in any; `after` is the last one seen. */
  claims(
    currency: string | null,
    page: { readonly limit: number; readonly after: ClaimPlace | null },
  ): Promise<readonly ClaimView[]>;
  commissionRates(page: {
    readonly limit: number;
    readonly after: string | null;
  }): Promise<readonly CommissionRate[]>;
  /** Last set first; `after` is the id of the last one seen. */
  exchangeRates(page: {
    readonly limit: number;
    readonly after: string | null;
  }): Promise<readonly ExchangeRate[]>;
  /** By seller; whoever wants each sale's own is missing. */
  settlementCurrencies(sellerIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  walletEntries(
    userId: string,
    currency: string,
    after: WalletEntriesAfter,
  ): Promise<readonly WalletEntryView[]>;
};
