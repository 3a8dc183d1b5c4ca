/** What screens see: the projected tables, read in batches. Answers come in the order of the ids asked for. */
import type { Instant, Money } from '@emporium/domain';
import type { CartWarning } from '../domain/cart-warning.ts';
import type { Amounts, Reason } from '../domain/checkout/quote.ts';
import type { ShippingMethod } from '../domain/checkout/rules.ts';
import type { Onlooker, Part } from '../domain/may-read.ts';
import type { OrderStatus } from '../domain/order.ts';
import type { PurchaseStep } from '../domain/purchase-step.ts';
import type { Parcel, ShipmentStatus } from '../domain/shipment.ts';
import type { Recorded, Said } from '../domain/timeline.ts';
import type { Address, CartId, OrderId, ShipmentId, UserId, VariantId } from './ports.ts';
import type { ReturnReads } from './returns/return-reads.ts';

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
  /** How many of them are not sent after all. */
  readonly cancelled: number;
  /** How many of them have left. */
  readonly shipped: number;
  /** How many of those came back. */
  readonly returned: number;
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
  readonly parcels: readonly Parcel[];
  /** What of its total goes back for what was called off, or came back. */
  readonly back: Money;
  /** When the buyer had it, or was taken to. */
  readonly arrivedAt: Instant | null;
  /** Its money waits for somebody to decide. */
  readonly disputed: boolean;
  /** Null in orders from before there was a choice. */
  readonly shippingMethod: ShippingMethod | null;
  readonly amounts: Amounts;
  /** Those of sending it. */
  readonly reasons: readonly Reason[];
};

/** An order's whole history, oldest first, and what was said when it or parts of it were called off, until that is erased. */
export type OrderHistory = {
  readonly recorded: readonly Recorded[];
  readonly said: Said;
};

/** A purchase that waits for an answer. */
export type PurchaseView = {
  readonly orderId: OrderId;
  readonly number: string;
  readonly status: OrderStatus;
  readonly step: PurchaseStep;
  /** Since the order was placed, by the database's clock. */
  readonly ageSeconds: number;
  readonly attempts: number;
  /** When nobody is waited for any longer; null while the question is not published, and when it is parked. */
  readonly deadline: Instant | null;
  readonly parkedAt: Instant | null;
  readonly parkedReason: string | null;
};

export type PurchaseFilter = {
  readonly step: PurchaseStep | null;
  readonly parked: boolean | null;
  readonly olderThanSeconds: number | null;
};

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

export type OrderReads = ReturnReads & {
  /** Null for what does not exist and for what the onlooker may not see. */
  orders(ids: readonly OrderId[], onlooker: Onlooker): Promise<readonly (OrderView | null)[]>;
  /** Newest first; `after` is the id of the last one seen. */
  ordersOf(buyerId: UserId, page: { limit: number; after: string | null }): Promise<readonly OrderView[]>;
  lines(ids: readonly OrderId[]): Promise<readonly (readonly OrderLineView[])[]>;
  shipments(ids: readonly OrderId[]): Promise<readonly (readonly ShipmentView[])[]>;
  histories(ids: readonly OrderId[]): Promise<readonly OrderHistory[]>;
  /** Oldest first; `after` is the last one seen. */
  purchases(
    filter: PurchaseFilter,
    page: { limit: number; after: { orderId: string; step: string } | null },
  ): Promise<readonly PurchaseView[]>;
  /** Of the order that a guest holds with this token; also when an account has taken it over since. */
  guestOrder(tokenHash: string): Promise<OrderId | null>;
  /** Where guests can be written to; null for accounts' orders, and once it has been erased. */
  guestEmails(ids: readonly OrderId[]): Promise<readonly (string | null)[]>;
  addresses(ids: readonly OrderId[]): Promise<readonly (Address | null)[]>;
  /** The buyer's open cart, at today's prices; made where there is none. */
  cart(buyerId: UserId): Promise<CartView>;
  /** The guest's, at today's prices; null where there is none, or a buyer's took it in. */
  guestCart(tokenHash: string): Promise<CartView | null>;
};
