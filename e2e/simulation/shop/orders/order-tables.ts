import type {
  Cart,
  CartId,
  OrderId,
  VariantId,
  VariantVersion,
} from '../../../../subgraphs/orders/src/application/ports.ts';
import type { CartLine } from '../../../../subgraphs/orders/src/domain/cart.ts';
import type { OrderStatus, PlacedOrder } from '../../../../subgraphs/orders/src/domain/order.ts';
import type { OrderEvent } from '../../../../subgraphs/orders/src/domain/order-event.ts';
import type { PurchaseStep } from '../../../../subgraphs/orders/src/domain/purchase-step.ts';
import { type Table, table } from '../../store/table.ts';
import type { Limited } from '../promotions.ts';

export type HistoryRow = {
  readonly orderId: OrderId;
  readonly sequence: number;
  readonly event: OrderEvent;
  readonly status: OrderStatus;
};

/** An order as screens see it. */
export type OrderRow = {
  readonly id: OrderId;
  readonly buyerId: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly order: PlacedOrder;
};

export type DeadlineRow = {
  readonly orderId: OrderId;
  readonly step: PurchaseStep;
  readonly messageId: string | null;
  readonly seconds: number;
  readonly begunAt: number;
  readonly failures: number;
  readonly isParked: boolean;
};

/** A step that ran out of time, and when its question had been published. */
export type Overrun = {
  readonly orderId: OrderId;
  readonly step: PurchaseStep;
  readonly at: number;
  readonly seconds: number;
  readonly publishedAt: number | null;
};

/** A buyer's, or that of whoever has its token. */
export type CartRow = Cart & { readonly tokenHash: string | null; readonly mergedInto: CartId | null };

export type GuestOrderRow = {
  readonly orderId: OrderId;
  readonly tokenHash: string;
  readonly cartId: CartId;
  readonly email: string | null;
};

/** A coupon that was taken with an order, or is free again: in the order in which that was committed. */
export type CouponUse = {
  readonly promotionId: string;
  readonly buyerId: string;
  readonly change: 1 | -1;
};

export type OrderTables = {
  readonly history: Table<HistoryRow>;
  readonly orders: Table<OrderRow>;
  readonly carts: Table<CartRow>;
  /** By order. */
  readonly guestOrders: Table<GuestOrderRow>;
  /** Whose accounts are gone, and which guests are forgotten. */
  readonly deleted: Table<true>;
  readonly variants: Table<VariantVersion>;
  readonly sellers: Table<{ readonly active: boolean; readonly version: number }>;
  readonly stock: Table<{
    readonly variantId: VariantId;
    readonly available: number;
    readonly version: number;
  }>;
  readonly placements: Table<{ readonly orderId: OrderId; readonly inputHash: string }>;
  readonly returnKeys: Table<{
    readonly returnId: string;
    readonly orderId: OrderId;
    readonly inputHash: string;
  }>;
  /** Cards' tokens, sealed, by order. */
  readonly tokens: Table<string>;
  /** Saved cards' ids, by order. */
  readonly savedCards: Table<string>;
  readonly deadlines: Table<DeadlineRow>;
  readonly promotions: Table<Limited & { readonly redeemed: number }>;
  /** By order. */
  readonly redemptions: Table<{
    readonly promotionId: string;
    readonly buyerId: string;
    readonly isGivenBack: boolean;
  }>;
  /** Unknown codes, by buyer. */
  readonly guesses: Table<{ readonly since: number; readonly wrong: number }>;
  readonly overruns: Overrun[];
  /** As histories have them: for whoever checks the limits. */
  readonly couponUses: CouponUse[];
  /** All that was ever put into carts, less what was taken out again. */
  readonly added: CartLine[];
};

export const createOrderTables = (): OrderTables => ({
  history: table('history'),
  orders: table('orders'),
  carts: table('carts'),
  guestOrders: table('guest orders'),
  deleted: table('deleted users'),
  variants: table('variants'),
  sellers: table('sellers'),
  stock: table('stock'),
  placements: table('placements'),
  returnKeys: table('return keys'),
  tokens: table('tokens'),
  savedCards: table('saved cards'),
  deadlines: table('deadlines'),
  promotions: table('promotions'),
  redemptions: table('redemptions'),
  guesses: table('guesses'),
  overruns: [],
  couponUses: [],
  added: [],
});

export const historyKey = (orderId: string, sequence: number): string =>
  `${orderId} ${String(sequence).padStart(4, '0')}`;

/** An order's history as it is committed, oldest first. */
export const historyOf = ({ history }: OrderTables, orderId: string): readonly HistoryRow[] => {
  const rows: HistoryRow[] = [];
  for (let sequence = 1; ; sequence += 1) {
    const row = history.committed.get(historyKey(orderId, sequence));
    if (!row) return rows;
    rows.push(row);
  }
};
