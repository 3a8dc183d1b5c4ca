/** What the use cases ask of the world. Everything in `Ports` belongs to one database transaction. */
import type { Instant } from '@emporium/domain';
import type { Adjustment, AdjustmentState } from '../domain/adjustment.ts';
import type { OrderId, UserId, VariantId } from '../domain/ids.ts';
import type { Reservation, ReservationEvent } from '../domain/reservation.ts';

export type Reservations = {
  /** Holds the order until the transaction ends, whether or not it has been heard of. */
  load(orderId: OrderId): Promise<Reservation>;
  /** Writes the order's row, moves its stock and appends the messages that tell of both. */
  save(orderId: OrderId, event: ReservationEvent, at: Instant): Promise<void>;
};

export type Stock = {
  /** Holds the variants' stock until the transaction ends, in variant order; unknown variants are left out. */
  lockAvailable(variantIds: readonly VariantId[]): Promise<ReadonlyMap<VariantId, number>>;
  /** Holds the variants' stock likewise, and finds what the actor asked for under these keys before. */
  lockForAdjustment(
    actorId: string,
    variantIds: readonly VariantId[],
    keys: readonly string[],
  ): Promise<AdjustmentState>;
  /** Writes movements and the messages that tell of them. Throws KeyTakenError when another took a key meanwhile. */
  record(actorId: string, movements: readonly Movement[], at: Instant): Promise<void>;
};

export type Movement = Adjustment & { readonly id: string };

/** A request with the same idempotency key committed first: look again. */
export class KeyTakenError extends Error {
  override readonly name = 'KeyTakenError';
}

/** Inventory's copy of one variant. */
export type Variant = {
  readonly id: VariantId;
  readonly sellerId: UserId;
  readonly sku: string;
  readonly active: boolean;
  readonly version: number;
};

export type Variants = {
  /** Keeps those with a higher version than ours, and gives new ones an empty stock. At most one per variant. */
  keep(variants: readonly Variant[]): Promise<void>;
};

/** Inventory's copy of whether somebody may sell. Who has not been heard of may: the gateway's token says so. */
export type Seller = { readonly id: UserId; readonly active: boolean; readonly version: number };

export type Sellers = {
  /** Keeps it if its version is higher than ours. */
  keep(seller: Seller): Promise<void>;
};

export type Ports = {
  readonly reservations: Reservations;
  readonly stock: Stock;
  readonly variants: Variants;
  readonly sellers: Sellers;
  /** The database's clock. */
  now(): Promise<Instant>;
  newId(): string;
};

/** A variant's stock as readers see it. */
export type StockLevel = {
  readonly variantId: VariantId;
  readonly sellerId: UserId;
  readonly active: boolean;
  readonly available: number;
};

/** Reads outside of any transaction; unknown variants are left out. */
export type ReadStock = (variantIds: readonly VariantId[]) => Promise<ReadonlyMap<VariantId, StockLevel>>;

/** Calls the listener whenever the variant's stock may have changed; at times for nothing. Returns the way to stop. */
export type OnStockChanged = (variantId: VariantId, listener: () => void) => () => void;
