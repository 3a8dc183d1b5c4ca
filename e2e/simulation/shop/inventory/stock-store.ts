import { availabilityChanged, stockChanged } from '@emporium/contracts';
import { type Cause, currentCause, outgoing, withCause } from '@emporium/messaging';
import { KeyTakenError, type Stock } from '../../../../subgraphs/inventory/src/application/ports.ts';
import type { VariantId } from '../../../../subgraphs/inventory/src/domain/ids.ts';
import { partly } from '../../store/not-simulated.ts';
import { type LevelRow, levelKey, placesOf } from './inventory-tables.ts';
import type { InventoryWithin } from './within.ts';

const isSorted = (a: string, b: string): number => (a < b ? -1 : 1);

/** Has the variants' stock alone until the end, in variant order; those that inventory does not know are left out. */
export const lockStock = async (
  { tx, tables, seams }: InventoryWithin,
  variantIds: readonly VariantId[],
): Promise<readonly VariantId[]> => {
  const known = [...new Set(variantIds)].filter((id) => tx.read(tables.variants, id)).toSorted(isSorted);
  if (seams.guardsStock) for (const id of known) await tx.lock(`stock of ${id}`);
  return known;
};

/** Units that come to a place, or leave it. There is never less than none. */
export const moveUnits = async (
  { tx, tables, seams }: InventoryWithin,
  variantId: VariantId,
  locationId: LevelRow['locationId'],
  change: Partial<Record<'available' | 'reserved' | 'sold', number>>,
): Promise<void> => {
  const key = levelKey(variantId, locationId);
  await tx.lock(`levels ${key}`);
  const level = tx.read(tables.levels, key) ?? {
    variantId,
    locationId,
    available: 0,
    reserved: 0,
    sold: 0,
  };
  const moved = {
    ...level,
    available: level.available + (change.available ?? 0),
    reserved: level.reserved + (change.reserved ?? 0),
    sold: level.sold + (change.sold ?? 0),
  };
  if (seams.guardsStock && Math.min(moved.available, moved.reserved, moved.sold) < 0)
    throw new Error('stock changed under its lock');
  await tx.put(tables.levels, key, moved);
};

/** What there is of a variant, by place, in the order in which places are taken from. */
export const levelsOf = ({ tx, tables }: InventoryWithin, variantId: VariantId): readonly LevelRow[] => {
  const variant = tx.read(tables.variants, variantId);
  if (!variant) return [];
  return placesOf(variant.sellerId).flatMap(
    (place) => tx.read(tables.levels, levelKey(variantId, place)) ?? [],
  );
};

/** Tells of stock that changed, each variant once, and under the cause that changed it last. */
export const tellOfStock = async (
  within: InventoryWithin,
  changes: readonly { readonly variantId: VariantId; readonly cause: Cause }[],
): Promise<void> => {
  const { tx, tables, tell, scheduler } = within;
  const causes = new Map(changes.map(({ variantId, cause }) => [variantId, cause]));
  for (const [variantId, cause] of [...causes].toSorted(([a], [b]) => isSorted(a, b))) {
    await tx.lock(`stock ${variantId}`);
    const before = tx.read(tables.stock, variantId) ?? { version: 0, inStock: false };
    const available = levelsOf(within, variantId).reduce((sum, level) => sum + level.available, 0);
    const after = { version: before.version + 1, inStock: available > 0 };
    await tx.put(tables.stock, variantId, after);
    const about = { aggregateId: variantId, occurredAt: scheduler.instant() };
    withCause(cause, () => {
      tell([outgoing(stockChanged, { variantId, available, version: after.version }, about)]);
      if (before.inStock !== after.inStock)
        tell([outgoing(availabilityChanged, { variants: [{ variantId, ...after }] }, about)]);
    });
  }
};

export const createStockStore = (within: InventoryWithin): Stock => {
  const { tx, tables } = within;
  return partly<Stock>('stock', {
    readShelf: async (variantIds) => {
      await tx.statement('reads the shelf');
      const known = variantIds.filter((id) => tx.read(tables.variants, id));
      return {
        available: new Map(
          known.map((id) => [
            id,
            levelsOf(within, id).map(({ locationId, available }) => ({ locationId, available })),
          ]),
        ),
        room: new Map(),
        held: [],
      };
    },
    lockForAdjustment: async (actorId, variantIds, keys) => {
      await tx.statement('holds stock for an adjustment');
      const known = await lockStock(within, variantIds);
      const stock = known.flatMap((id) => {
        const variant = tx.read(tables.variants, id);
        if (!variant) return [];
        const { sellerId } = variant;
        const moved = tx.rows(tables.movements).filter(({ variantId }) => variantId === id);
        return [
          [
            id,
            {
              sellerId,
              maySell: tx.read(tables.sellers, sellerId)?.active ?? true,
              received: moved.reduce((sum, { delta }) => sum + delta, 0),
              available: new Map(
                levelsOf(within, id).map(({ locationId, available }) => [locationId, available]),
              ),
            },
          ] as const,
        ];
      });
      const sellers = [...new Set(stock.map(([, { sellerId }]) => sellerId))];
      return {
        stock: new Map(stock),
        locations: sellers.flatMap((sellerId) =>
          placesOf(sellerId).map((id, index) => ({ id, sellerId, active: true, isDefault: index === 0 })),
        ),
        earlier: new Map(
          keys.flatMap((key) => {
            const row = tx.read(tables.movements, `${actorId} ${key}`);
            return row ? [[key, row] as const] : [];
          }),
        ),
      };
    },
    record: async (actorId, movements) => {
      await tx.statement('records movements');
      for (const movement of movements) {
        const key = `${actorId} ${movement.idempotencyKey}`;
        if (!(await tx.insert(tables.movements, key, { ...movement, actorId }))) throw new KeyTakenError();
        await moveUnits(within, movement.variantId, movement.locationId, { available: movement.delta });
      }
      const cause = currentCause();
      await tellOfStock(
        within,
        movements.map(({ variantId }) => ({ variantId, cause })),
      );
    },
  });
};
