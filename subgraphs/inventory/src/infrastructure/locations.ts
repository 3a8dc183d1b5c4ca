import type { Instant } from '@emporium/domain';
import type { Locations } from '../application/ports.ts';
import type { LocationId, UserId, VariantId } from '../domain/ids.ts';
import type { Location } from '../domain/location.ts';
import { Prisma } from './generated/client.ts';
import { lockStock } from './stock.ts';
import { tellOfStock } from './stock-messages.ts';

type Tx = Prisma.TransactionClient;

export const locationColumns = Prisma.sql`
  locations.id, locations.seller_id AS "sellerId", code, name, locations.active, priority, is_default AS "isDefault"`;

/** Each of these sellers has a default location from now on. */
export const ensureDefaultLocations = (tx: Tx, sellerIds: readonly UserId[]) => tx.$executeRaw`
  INSERT INTO locations (id, seller_id, code, name, is_default)
  SELECT gen_random_uuid()::text, seller_id, 'DEFAULT', 'Default location', true
  FROM (SELECT DISTINCT unnest(${sellerIds}::text[]) AS seller_id ORDER BY 1) AS sellers
  ON CONFLICT DO NOTHING`;

/** Locations within a transaction. Stock is locked before they are, always. */
export const createLocations = (tx: Tx): Locations => ({
  lockList: async (sellerId) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`locations of ${sellerId}`}, 0))::text`;
    await ensureDefaultLocations(tx, [sellerId]);
    const [seller] = await tx.$queryRaw<{ isKnown: boolean; maySell: boolean }[]>`
      SELECT count(*) > 0 OR EXISTS (SELECT FROM variants WHERE seller_id = ${sellerId}) AS "isKnown",
        coalesce(bool_and(active), TRUE) AS "maySell"
      FROM sellers WHERE id = ${sellerId}`;
    const locations = await tx.$queryRaw<Location[]>`
      SELECT ${locationColumns} FROM locations WHERE seller_id = ${sellerId} ORDER BY priority, id`;
    return { isKnown: seller?.isKnown ?? false, maySell: seller?.maySell ?? true, locations };
  },

  find: async (locationId) => {
    const [row] = await tx.$queryRaw<(Location & { maySell: boolean })[]>`
      SELECT ${locationColumns}, coalesce(sellers.active, TRUE) AS "maySell"
      FROM locations LEFT JOIN sellers ON sellers.id = seller_id WHERE locations.id = ${locationId}`;
    return row ?? null;
  },

  create: async ({ id, sellerId, code, name, priority }) => {
    await tx.$executeRaw`
      INSERT INTO locations (id, seller_id, code, name, priority)
      VALUES (${id}, ${sellerId}, ${code}, ${name}, ${priority})`;
  },

  change: async (locationId, { name, priority, active }, at) => {
    if (active !== null) await lockStockAt(tx, locationId);
    const [changed] = await tx.$queryRaw<Location[]>`
      UPDATE locations
      SET name = coalesce(${name}, name), priority = coalesce(${priority}::integer, priority),
        active = coalesce(${active}::boolean, active)
      WHERE id = ${locationId} RETURNING ${locationColumns}`;
    if (!changed) throw new Error(`location ${locationId} is gone`);
    if (active !== null) await tellOfStockAt(tx, locationId, at);
    return changed;
  },
});

/** What came there while the location was waited for is locked now: out of turn, and tried again if that is crosswise. */
const tellOfStockAt = async (tx: Tx, locationId: LocationId, at: Instant): Promise<void> => {
  const variantIds = await lockStockAt(tx, locationId);
  if (variantIds.length > 0) await tellOfStock(tx, variantIds, at);
};

const lockStockAt = async (tx: Tx, locationId: LocationId): Promise<readonly VariantId[]> => {
  const rows = await tx.$queryRaw<{ variantId: VariantId }[]>`
    SELECT variant_id AS "variantId" FROM stock_levels WHERE location_id = ${locationId}`;
  return lockStock(
    tx,
    rows.map(({ variantId }) => variantId),
  );
};
