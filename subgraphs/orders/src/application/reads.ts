/** What screens see: the projected tables, read in batches. Answers come in the order of the ids asked for. */
import type { Instant, Money } from '@emporium/domain';
import type { CartWarning } from '../domain/cart-warning.ts';
import type { Onlooker, Part } from '../domain/may-read.ts';
import type { OrderStatus, ShipmentStatus } from '../domain/order.ts';
import type { Address, CartId, OrderId, ShipmentId, UserId, VariantId } from './ports.ts';

export type OrderView = {
  readonly id: OrderId;
  readonly number: string;
  readonly status: OrderStatus;
  /** What the onlooker may see of it. */
  readonly part: Part;
  /** Of the part that the onlooker sees. */
  readonly total: Money;
  readonly failureReason: string | null;
  readonly buyerId: UserId;
  readonly placedAt: Instant;
};

export type OrderLineView = {
  readonly sellerId: UserId;
  readonly shipmentId: ShipmentId;
  readonly variantId: VariantId;
  readonly title: string;
  readonly quantity: number;
  /** How many of them its seller does not have yet. */
  readonly backordered: number;
  readonly unitPrice: Money;
  readonly total: Money;
};

export type ShipmentView = {
  readonly id: ShipmentId;
  readonly orderId: OrderId;
  readonly sellerId: UserId;
  readonly status: ShipmentStatus;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
};

export type TimelineEntry = { readonly sequence: number; readonly type: string; readonly at: Instant };

export type CartLineView = {
  readonly variantId: VariantId;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** What one cost when it was put in; null where nobody knows. */
  readonly priceAdded: Money | null;
  readonly total: Money;
  /** Whether it can be ordered now. */
  readonly available: boolean;
};

export type CartView = {
  readonly id: CartId;
  readonly version: number;
  readonly lines: readonly CartLineView[];
  readonly total: Money;
  readonly warnings: readonly CartWarning[];
};

export type OrderReads = {
  /** Null for what does not exist and for what the onlooker may not see. */
  orders(ids: readonly OrderId[], onlooker: Onlooker): Promise<readonly (OrderView | null)[]>;
  /** Newest first; `after` is the id of the last one seen. */
  ordersOf(buyerId: UserId, page: { limit: number; after: string | null }): Promise<readonly OrderView[]>;
  lines(ids: readonly OrderId[]): Promise<readonly (readonly OrderLineView[])[]>;
  shipments(ids: readonly OrderId[]): Promise<readonly (readonly ShipmentView[])[]>;
  timelines(ids: readonly OrderId[]): Promise<readonly (readonly TimelineEntry[])[]>;
  addresses(ids: readonly OrderId[]): Promise<readonly (Address | null)[]>;
  /** The buyer's open cart, at today's prices; made where there is none. */
  cart(buyerId: UserId): Promise<CartView>;
  /** The guest's, at today's prices; null where there is none, or a buyer's took it in. */
  guestCart(tokenHash: string): Promise<CartView | null>;
};
