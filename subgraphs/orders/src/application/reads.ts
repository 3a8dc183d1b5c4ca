/** What screens see: the projected tables, read in batches. Answers come in the order of the ids asked for. */
import type { Id, Instant, Money } from '@emporium/domain';
import type { Amounts, Reason } from '../domain/checkout/quote.ts';
import type { ShippingMethod } from '../domain/checkout/rules.ts';
import type { Onlooker, Part } from '../domain/may-read.ts';
import type { OrderStatus, ShipmentStatus } from '../domain/order.ts';
import type { Address, OrderId, ShipmentId, UserId, VariantId } from './ports.ts';

export type OrderView = {
  readonly id: OrderId;
  readonly number: string;
  readonly status: OrderStatus;
  /** What the onlooker may see of it. */
  readonly part: Part;
  /** Of the part that the onlooker sees. */
  readonly total: Money;
  /** Of the same part. */
  readonly amounts: Amounts;
  readonly couponCode: string | null;
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
  /** With discount and tax; shipping is the shipment's. */
  readonly amounts: Amounts;
  readonly reasons: readonly Reason[];
};

export type ShipmentView = {
  readonly id: ShipmentId;
  readonly orderId: OrderId;
  readonly sellerId: UserId;
  readonly status: ShipmentStatus;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** Null in orders from before there was a choice. */
  readonly shippingMethod: ShippingMethod | null;
  readonly amounts: Amounts;
  /** Those of sending it. */
  readonly reasons: readonly Reason[];
};

export type TimelineEntry = { readonly sequence: number; readonly type: string; readonly at: Instant };

export type CartLineView = {
  readonly variantId: VariantId;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly total: Money;
  /** Whether it can be ordered now. */
  readonly available: boolean;
};

export type CartView = {
  readonly id: Id<'Cart'>;
  readonly lines: readonly CartLineView[];
  readonly total: Money;
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
};
