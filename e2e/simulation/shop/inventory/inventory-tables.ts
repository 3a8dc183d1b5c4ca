import type { Movement, Variant } from '../../../../subgraphs/inventory/src/application/ports.ts';
import type { Allocation } from '../../../../subgraphs/inventory/src/domain/allocation.ts';
import type { LocationId, UserId, VariantId } from '../../../../subgraphs/inventory/src/domain/ids.ts';
import type { AllocatedLine, Reservation } from '../../../../subgraphs/inventory/src/domain/reservation.ts';
import { type Table, table } from '../../store/table.ts';

/** A variant's units at one location. */
export type LevelRow = {
  readonly variantId: VariantId;
  readonly locationId: LocationId;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
};

export type ReservationRow = {
  readonly orderId: string;
  readonly status: Reservation['status'];
  readonly lines: readonly AllocatedLine[];
};

export type CutRow = {
  readonly orderId: string;
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly allocations: readonly Allocation[];
};

export type InventoryTables = {
  readonly levels: Table<LevelRow>;
  readonly stock: Table<{ readonly version: number; readonly inStock: boolean }>;
  readonly reservations: Table<ReservationRow>;
  readonly cuts: Table<readonly CutRow[]>;
  readonly movements: Table<Movement & { readonly actorId: string }>;
  readonly variants: Table<Variant>;
  readonly sellers: Table<{ readonly id: UserId; readonly active: boolean; readonly version: number }>;
};

export const createInventoryTables = (): InventoryTables => ({
  levels: table('levels'),
  stock: table('stock'),
  reservations: table('reservations'),
  cuts: table('cuts'),
  movements: table('movements'),
  variants: table('variants'),
  sellers: table('sellers'),
});

/** Every seller has two places; the first is taken from first, and where nothing is said. */
export const placesOf = (sellerId: UserId): readonly LocationId[] =>
  [`${sellerId}-main`, `${sellerId}-other`] as LocationId[];

export const levelKey = (variantId: string, locationId: string): string => `${variantId} ${locationId}`;

/** What an order has of each variant and place by now, in the order in which it was taken. */
export const takenBy = (
  lines: readonly AllocatedLine[],
  cuts: readonly CutRow[],
): readonly (Allocation & { readonly variantId: VariantId })[] =>
  lines.flatMap(({ variantId, allocations }) =>
    allocations.flatMap(({ locationId, quantity }) => {
      const back = cuts
        .filter((cut) => cut.variantId === variantId)
        .flatMap((cut) => cut.allocations)
        .filter((each) => each.locationId === locationId)
        .reduce((sum, each) => sum + each.quantity, 0);
      return quantity > back ? [{ variantId, locationId, quantity: quantity - back }] : [];
    }),
  );
