/** What the use cases need of the world inside one transaction. */
import type { Id, Instant, Money } from '@emporium/domain';
import type { CartCause, CartContents, HeldLine } from '../domain/cart.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Order } from '../domain/order.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { PurchaseStep } from '../domain/purchase-step.ts';
import type { ReturnNoteAbout } from '../domain/return.ts';
import type { CheckoutRulebook, Coupons, RuleKeeping } from './checkout/ports.ts';

export type OrderId = Id<'Order'>;
export type UserId = Id<'User'>;
export type VariantId = Id<'Variant'>;
export type ShipmentId = Id<'Shipment'>;
export type CartId = Id<'Cart'>;
export type ReturnId = Id<'Return'>;

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
  orderOfReturn(id: ReturnId): Promise<OrderId | null>;
  /** What was bought, at the price that was agreed. */
  linesOf(id: OrderId): Promise<readonly HeldLine[]>;
};

/** A cart that is held until the transaction ends: callers take turns. Without a buyer it is a guest's. */
export type Cart = CartContents & { readonly id: CartId; readonly buyerId: UserId | null };

/** For how many days nobody may touch a cart before it is emptied. */
export type CartPatience = { readonly guestDays: number; readonly accountDays: number };

export type Carts = {
  /** The buyer's; made where there is none. */
  open(buyerId: UserId): Promise<Cart>;
  /** A new one for the guest whose token has this fingerprint. */
  openForGuest(tokenHash: string): Promise<Cart>;
  /** The guest's, also when a buyer's took it in; null when there is none. */
  ofGuest(tokenHash: string): Promise<(Cart & { readonly mergedInto: CartId | null }) | null>;
  /** One that nobody has touched for so long; null when somebody has, or holds it. */
  ofNobody(id: CartId, patience: CartPatience): Promise<Cart | null>;
  /**
   * Sets quantities, where 0 removes, raises the version and tells of it. No lines, no change. `since`: when somebody has asked
   * for the time already, and nobody asks for the cart again; it may then be written with whatever is written next.
   */
  change(cart: Cart, cause: CartCause, lines: readonly HeldLine[], since?: Instant): Promise<void>;
  /** A guest's cart is good for nothing from now on, but to be known again by whoever merged it. */
  endMerged(guest: Cart, into: CartId): Promise<void>;
  /** The cart that a guest's order was made of, or the buyer's that took it in since; null when it is gone. */
  ofGuestOrder(orderId: OrderId): Promise<Cart | null>;
  /** What guests' carts were merged into this one is known no more. */
  forgetMerged(into: CartId): Promise<void>;
  /** A guest's cart goes; a buyer's is left alone for as long again. */
  letGo(cart: Cart): Promise<void>;
};

/** Our copy of who may sell. Only a higher version is taken. */
export type Sellers = {
  keep(seller: { id: UserId; active: boolean; version: number }): Promise<void>;
};

/** Our copy of what is available, by which carts warn. Only a higher version is taken. */
export type StockCopy = {
  keep(
    stock: readonly {
      readonly variantId: VariantId;
      readonly available: number;
      readonly version: number;
    }[],
  ): Promise<void>;
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

export type BoundKey = { readonly orderId: OrderId; readonly inputHash: string };

export type NewPlacement = BoundKey & {
  readonly buyerId: UserId;
  readonly key: string;
  readonly address: Address;
  readonly card: Card;
};

/** With which card an order is paid: a provider's token, sealed, or one that the buyer keeps; neither where a wallet pays. */
export type Card = { readonly sealedToken: string | null; readonly paymentMethodId: string | null };

/** Port: seals a card's token for payments, which alone can open it, and only of this order. */
export type SealToken = (token: string, orderId: OrderId) => Promise<string>;

/** Port: an id for something new. */
export type NewId = <Kind extends string>() => Id<Kind>;

/** Which order a buyer's idempotency key became. A guest's is kept under who shops with their cart. */
export type Placements = {
  /** `isGone`: the buyer's account was deleted. */
  find(buyerId: UserId, key: string): Promise<{ bound: BoundKey | null; isGone: boolean }>;
  /** With what must be erasable or forgotten: where it goes to, and with which card it is paid. */
  bind(placement: NewPlacement): Promise<void>;
};

/** Which return a buyer's idempotency key became. */
export type ReturnKeys = {
  /** Holds the key until the transaction ends: equal requests take turns. */
  find(
    buyerId: UserId,
    key: string,
  ): Promise<{ returnId: ReturnId; orderId: OrderId; inputHash: string } | null>;
  bind(bound: {
    buyerId: UserId;
    key: string;
    inputHash: string;
    returnId: ReturnId;
    orderId: OrderId;
  }): Promise<void>;
};

/** What guests hold of orders that were placed without an account. */
export type GuestOrders = {
  keep(order: { orderId: OrderId; tokenHash: string; cartId: CartId; email: string }): Promise<void>;
  /** Also of an order that an account has taken over. */
  find(tokenHash: string): Promise<OrderId | null>;
  /** An account has the order: nobody writes to the guest any more. */
  leave(orderId: OrderId): Promise<void>;
  /** Its token opens nothing any more, which is told. */
  forget(orderId: OrderId): Promise<void>;
  /**
   * The same of one that has been done with for so many days; false when it has not, or somebody else does so now. Of what an
   * account took over nothing is told.
   */
  takeLeft(orderId: OrderId, days: number): Promise<boolean>;
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
  keepCancelReason(orderId: OrderId, reason: string): Promise<void>;
  /** Of a part. */
  keepCancellationReason(id: Id<'Cancellation'>, orderId: OrderId, reason: string): Promise<void>;
  /** The buyer's, when it was asked for; the seller's, when it was rejected or received. */
  keepReturnNote(id: ReturnId, orderId: OrderId, about: ReturnNoteAbout, text: string): Promise<void>;
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
  /** False when another replica has it, or it was answered, asked again or given longer meanwhile. */
  claim(overdue: Overdue): Promise<boolean>;
  remove(overdue: Overdue): Promise<void>;
};

export type Ports = {
  readonly orders: Orders;
  readonly carts: Carts;
  readonly catalogue: CatalogueCopy;
  readonly sellers: Sellers;
  readonly stock: StockCopy;
  readonly placements: Placements;
  readonly returnKeys: ReturnKeys;
  readonly guestOrders: GuestOrders;
  readonly rulebook: CheckoutRulebook;
  readonly coupons: Coupons;
  readonly rules: RuleKeeping;
  readonly privateRecords: PrivateRecords;
  readonly deletedUsers: DeletedUsers;
  readonly deadlines: Deadlines;
  /** The database's clock. */
  now(): Promise<Instant>;
  daysAgo(days: number): Promise<Instant>;
  newId: NewId;
};

/** One database transaction: all or nothing, and again from the start when somebody was faster. */
export type Transact = <T>(work: (ports: Ports) => Promise<T>) => Promise<T>;
