/** What the use cases need of the world inside one transaction. */
import type { Id, Instant, Money } from '@emporium/domain';
import type { CartLine } from '../domain/cart.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Order } from '../domain/order.ts';
import type { PurchaseStep } from '../domain/order-command.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { CheckoutRulebook, Coupons, RuleKeeping } from './checkout/ports.ts';

export type OrderId = Id<'Order'>;
export type UserId = Id<'User'>;
export type VariantId = Id<'Variant'>;
export type ShipmentId = Id<'Shipment'>;

/** `append` writes events, read model, outbox and deadlines; when somebody was faster, the work starts again. */
export type Orders = {
  load(id: OrderId): Promise<{ order: Order; version: number }>;
  append(
    id: OrderId,
    before: { order: Order; version: number },
    events: readonly OrderEvent[],
  ): Promise<void>;
  /** What a buyer has ordered that has not come to an end. */
  unfinishedOf(buyerId: UserId): Promise<readonly OrderId[]>;
  orderOfShipment(id: ShipmentId): Promise<OrderId | null>;
  linesOf(id: OrderId): Promise<readonly CartLine[]>;
};

/** `open` makes the buyer's cart where there is none, and holds it until the transaction ends: callers take turns. */
export type Carts = {
  open(buyerId: UserId): Promise<{ id: Id<'Cart'>; lines: readonly CartLine[] }>;
  /** Sets quantities; 0 removes. */
  setLines(id: Id<'Cart'>, lines: readonly CartLine[]): Promise<void>;
  empty(id: Id<'Cart'>): Promise<void>;
};

/** A variant in full, as the catalogue told it. */
export type VariantVersion = {
  readonly variantId: VariantId;
  readonly productId: Id<'Product'>;
  readonly sellerId: UserId;
  readonly sku: string;
  readonly title: string;
  readonly price: Money;
  readonly active: boolean;
  readonly version: number;
};

export type CatalogueCopy = {
  find(ids: readonly VariantId[]): Promise<Catalogue>;
  /** Only a higher version is taken. */
  apply(variants: readonly VariantVersion[]): Promise<void>;
};

/** Which order a buyer's idempotency key became. */
export type Placements = {
  find(buyerId: UserId, key: string): Promise<{ orderId: OrderId; inputHash: string } | null>;
  bind(placement: { buyerId: UserId; key: string; inputHash: string; orderId: OrderId }): Promise<void>;
};

export type Address = {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
  /** A subdivision of the country, as ISO 3166-2 has it after the hyphen; null where nobody gave one. */
  readonly region: string | null;
};

/** What must be erasable or forgotten, and therefore never enters an event. */
export type PrivateRecords = {
  keepAddress(orderId: OrderId, address: Address): Promise<void>;
  keepToken(orderId: OrderId, token: string): Promise<void>;
  keepCancelReason(orderId: OrderId, reason: string): Promise<void>;
  /** Addresses, reasons and tokens of all that a user has ordered; an address stays while something is to be sent there. */
  eraseAllOf(buyerId: UserId): Promise<void>;
};

/** Whose accounts are gone. */
export type DeletedUsers = {
  add(userId: UserId): Promise<void>;
  has(userId: UserId): Promise<boolean>;
  /** Of an order; null while its buyer is there. */
  buyerOf(orderId: OrderId): Promise<UserId | null>;
};

/** A step whose answer is overdue. */
export type Overdue = { readonly orderId: OrderId; readonly step: PurchaseStep };

export type Deadlines = {
  /** False when another replica has it, or it was answered meanwhile. */
  claim(overdue: Overdue): Promise<boolean>;
  remove(overdue: Overdue): Promise<void>;
};

export type Ports = {
  readonly orders: Orders;
  readonly carts: Carts;
  readonly catalogue: CatalogueCopy;
  readonly placements: Placements;
  readonly rulebook: CheckoutRulebook;
  readonly coupons: Coupons;
  readonly rules: RuleKeeping;
  readonly privateRecords: PrivateRecords;
  readonly deletedUsers: DeletedUsers;
  readonly deadlines: Deadlines;
  /** The database's clock. */
  now(): Promise<Instant>;
  newId<Kind extends string>(): Id<Kind>;
};

/** One database transaction: all or nothing, and again from the start when somebody was faster. */
export type Transact = <T>(work: (ports: Ports) => Promise<T>) => Promise<T>;
