/** What the use cases ask of the world. Everything in `Ports` belongs to one database transaction. */
import type { Instant } from '@emporium/domain';
import type { Cause } from '@emporium/messaging';
import type { AdjustmentState, LocatedAdjustment } from '../domain/adjustment.ts';
import type { Allocation } from '../domain/allocation.ts';
import type { BackorderTerms } from '../domain/backorder.ts';
import type { Hold, NewHold } from '../domain/hold.ts';
import type { CauseId, HoldId, LocationId, OrderId, ReturnId, UserId, VariantId } from '../domain/ids.ts';
import type { Location, LocationChange, NewLocation, SellersLocations } from '../domain/location.ts';
import type { AvailableStock, HeldLine, Reservation, ReservationEvent } from '../domain/reservation.ts';
import type { HeldUnits, Shelf } from '../domain/serve.ts';

/** What happened to an order, and why: what is told of it names its own cause. */
export type Happened = {
  readonly orderId: OrderId;
  readonly event: ReservationEvent;
  readonly cause: Cause;
};

export type Reservations = {
  /**
   * Holds the orders, whether or not they have been heard of, and then the stock of what they have and of these variants,
   * until the transaction ends. `at` is the transaction's time.
   */
  hold(
    orderIds: readonly OrderId[],
    variantIds: readonly VariantId[],
  ): Promise<{ readonly reservations: ReadonlyMap<OrderId, Reservation>; readonly at: Instant }>;
  /** What it has of these variants, whose stock is held from now on, and whether it was cut for this cause before. */
  heldBy(
    orderId: OrderId,
    causeId: CauseId,
    variantIds: readonly VariantId[],
  ): Promise<{ readonly isDone: boolean; readonly held: ReadonlyMap<VariantId, HeldLine> }>;
  /** Writes the orders' rows, moves their stock, which is held, and appends the messages that tell of both. At most one event an order. */
  save(happened: readonly Happened[], at: Instant): Promise<void>;
};

export type Stock = {
  /**
   * Holds the variants' stock until the transaction ends, in variant order. Answers what is at active locations, in the
   * order in which they are taken from; unknown variants are left out.
   */
  lockAvailable(variantIds: readonly VariantId[]): Promise<AvailableStock>;
  /** The same of stock that is held already, with what these holders hold of it, and how many more units may wait. */
  readShelf(variantIds: readonly VariantId[], holderIds: readonly UserId[]): Promise<Shelf>;
  /** Holds the variants' stock likewise, keeps their sellers' locations as they are, and finds what the actor asked for under these keys before. */
  lockForAdjustment(
    actorId: string,
    variantIds: readonly VariantId[],
    keys: readonly string[],
  ): Promise<AdjustmentState>;
  /** Writes movements and the messages that tell of them. Throws KeyTakenError when another took a key meanwhile. */
  record(actorId: string, movements: readonly Movement[], at: Instant): Promise<void>;
  /** Tells up to `limit` variants again, in order of their ids after the given one; answers them. */
  tellAgain(after: VariantId | null, limit: number, at: Instant): Promise<readonly VariantId[]>;
  /** Tells of the stock, too: readers see whether it can be ordered. */
  setBackorder(variantId: VariantId, terms: BackorderTerms, at: Instant): Promise<void>;
  /** Tells of the stock, too: it may be low from now on. */
  setThreshold(variantId: VariantId, threshold: number | null, at: Instant): Promise<void>;
};

/** Whether a variant can be ordered, as its stock has it in that version. */
export type Availability = {
  readonly variantId: VariantId;
  readonly inStock: boolean;
  readonly version: number;
};

export type Holds = {
  /** Keeps the holder from anything else until the transaction ends; answers what they asked for under this key before. */
  lockHolder(
    holderId: UserId,
    key: string,
  ): Promise<{ readonly earlier: Hold | null; readonly active: number }>;
  find(holdId: HoldId): Promise<Hold | null>;
  /** Moves the stock, which is locked already, and tells of it. */
  create(
    hold: NewHold & {
      readonly id: HoldId;
      readonly holderId: UserId;
      readonly allocations: readonly Allocation[];
      readonly seconds: number;
    },
    at: Instant,
  ): Promise<Hold>;
  /** Gives its units back and tells of them, unless it has ended, or is to expire and its time is not over. */
  end(hold: Pick<Hold, 'id' | 'variantId'>, state: 'RELEASED' | 'EXPIRED', at: Instant): Promise<void>;
  /** Gives back what is held, of stock that is locked, for its holders' orders, which take it now. */
  handOver(held: readonly HeldUnits[]): Promise<void>;
};

/** `returnId` is of goods that a buyer sent back. */
export type Movement = LocatedAdjustment & { readonly id: string; readonly returnId: ReturnId | null };

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

export type Locations = {
  /** Holds the seller's list until the transaction ends, with the default location in it. */
  lockList(sellerId: UserId): Promise<SellersLocations>;
  find(locationId: LocationId): Promise<(Location & { readonly maySell: boolean }) | null>;
  create(location: NewLocation & { readonly id: LocationId }): Promise<void>;
  /** Answers it as it is then. When it is closed or opened again, tells of all stock there. */
  change(locationId: LocationId, change: LocationChange, at: Instant): Promise<Location>;
};

export type Variants = {
  /**
   * Keeps those with a higher version than ours, and gives new ones an empty stock and their seller a default location.
   * At most one per variant.
   */
  keep(variants: readonly Variant[]): Promise<void>;
  find(variantId: VariantId): Promise<(Variant & { readonly maySell: boolean }) | null>;
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
  readonly locations: Locations;
  readonly holds: Holds;
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
  /** More can be ordered than is available. */
  readonly backorderable: boolean;
};

/** Reads outside of any transaction; unknown variants are left out. */
export type ReadStock = (variantIds: readonly VariantId[]) => Promise<ReadonlyMap<VariantId, StockLevel>>;

/** A variant's units at one location. */
export type LocationLevel = {
  readonly location: Location;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
};

export type VariantLevels = {
  readonly sellerId: UserId;
  readonly lowStockThreshold: number | null;
  readonly backorder: BackorderTerms;
  /** Units that orders wait for. */
  readonly waiting: number;
  readonly levels: readonly LocationLevel[];
};

/** Reads a variant's units by location, in the order in which orders take them; unknown variants are left out. */
export type ReadLevels = (
  variantIds: readonly VariantId[],
) => Promise<ReadonlyMap<VariantId, VariantLevels>>;

/** A movement as its seller sees it. */
export type MovementView = Omit<Movement, 'idempotencyKey' | 'locationId' | 'variantId'> & {
  readonly at: Instant;
  readonly location: Location;
};

/** Reads a variant's movements from the newest on, or from the one before `before`; one more than `limit`. */
export type ReadMovements = (
  variantId: VariantId,
  page: { readonly limit: number; readonly before: string | null },
) => Promise<readonly MovementView[]>;

/** Reads which of a seller's variants are low, in order of their ids after the given one; `limit` at most. */
export type ReadLowStock = (
  sellerId: UserId,
  page: { readonly limit: number; readonly after: string | null },
) => Promise<readonly VariantId[]>;

/** Finds active holds whose time is over. */
export type FindDueHolds = (limit: number) => Promise<readonly Hold[]>;

/** Reads sellers' locations, in the order in which orders take from them. */
export type ReadLocations = (
  sellerIds: readonly UserId[],
) => Promise<ReadonlyMap<UserId, readonly Location[]>>;

/** Calls the listener whenever the variant's stock may have changed; at times for nothing. Returns the way to stop. */
export type OnStockChanged = (variantId: VariantId, listener: () => void) => () => void;
