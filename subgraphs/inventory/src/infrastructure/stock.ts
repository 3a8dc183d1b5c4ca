import type { Instant } from '@emporium/domain';
import { appendToOutbox } from '@emporium/messaging';
import { type Availability, KeyTakenError, type Movement, type Stock } from '../application/ports.ts';
import type { AdjustableLocation, AdjustableStock, LocatedAdjustment } from '../domain/adjustment.ts';
import type { LocationId, UserId, VariantId } from '../domain/ids.ts';
import { Prisma } from './generated/client.ts';
import { readShelf } from './shelf.ts';
import { availabilityMessages, tellOfStock } from './stock-messages.ts';

type Tx = Prisma.TransactionClient;

/** Stock within a transaction. Whoever changes it locks it first, in variant order: so nobody waits in a circle. */
export const createStock = (tx: Tx): Stock => ({
  lockAvailable: async (variantIds) => (await readShelf(tx, await lockStock(tx, variantIds), [])).available,

  readShelf: (variantIds, holderIds) => readShelf(tx, variantIds, holderIds),

  lockForAdjustment: async (actorId, variantIds, keys) => {
    const known = await lockStock(tx, variantIds);
    const stock = await readAdjustable(tx, known);
    const sellerIds = [...new Set([...stock.values()].map(({ sellerId }) => sellerId))];
    // Shared: whoever closes a location waits for those who put stock there.
    const locations = await tx.$queryRaw<AdjustableLocation[]>`
      SELECT id, seller_id AS "sellerId", active, is_default AS "isDefault" FROM locations
      WHERE seller_id = ANY(${sellerIds}) ORDER BY id FOR SHARE`;
    const earlier = await tx.$queryRaw<LocatedAdjustment[]>`
      SELECT variant_id AS "variantId", location_id AS "locationId", kind, delta, reason,
        idempotency_key AS "idempotencyKey"
      FROM movements WHERE actor_id = ${actorId} AND idempotency_key = ANY(${keys})`;
    return { stock, locations, earlier: new Map(earlier.map((row) => [row.idempotencyKey, row])) };
  },

  record: async (actorId, movements, at) => {
    await insertMovements(tx, actorId, movements, at);
    await tellOfStock(tx, [...new Set(movements.map(({ variantId }) => variantId))], at);
  },

  tellAgain: async (after, limit, at) => {
    // A version and what it says are one row's: whatever is told meanwhile has a higher one.
    const stocked = await tx.$queryRaw<Availability[]>`
      SELECT variant_id AS "variantId", in_stock AS "inStock", version FROM stock
      WHERE version > 0 AND ${after === null ? Prisma.sql`TRUE` : Prisma.sql`variant_id > ${after}`} ORDER BY variant_id LIMIT ${limit}`;
    await appendToOutbox(tx, availabilityMessages(stocked, at));
    return stocked.map(({ variantId }) => variantId);
  },

  setBackorder: async (variantId, { allowed, limit }, at) => {
    await lockStock(tx, [variantId]);
    await tx.$executeRaw`
      UPDATE stock SET backorder = ${allowed}, backorder_limit = ${limit} WHERE variant_id = ${variantId}`;
    await tellOfStock(tx, [variantId], at);
  },

  setThreshold: async (variantId, threshold, at) => {
    await tx.$executeRaw`UPDATE stock SET low_stock_threshold = ${threshold} WHERE variant_id = ${variantId}`;
    await tellOfStock(tx, [variantId], at);
  },
});

/** Answers those that inventory knows. What is read after it stays true until the transaction ends. */
export const lockStock = async (tx: Tx, variantIds: readonly VariantId[]): Promise<VariantId[]> => {
  const rows = await tx.$queryRaw<{ variantId: VariantId }[]>`
    SELECT variant_id AS "variantId" FROM stock
    WHERE variant_id = ANY(${variantIds}) ORDER BY variant_id FOR UPDATE`;
  return rows.map(({ variantId }) => variantId);
};

const readAdjustable = async (
  tx: Tx,
  variantIds: readonly VariantId[],
): Promise<Map<VariantId, AdjustableStock>> => {
  type Row = {
    variantId: VariantId;
    sellerId: UserId;
    maySell: boolean;
    received: number;
    locationIds: LocationId[];
    available: number[];
  };
  const rows = await tx.$queryRaw<Row[]>`
    SELECT variants.id AS "variantId", seller_id AS "sellerId", coalesce(sellers.active, TRUE) AS "maySell",
      level.*
    FROM variants LEFT JOIN sellers ON sellers.id = seller_id, LATERAL (
      SELECT coalesce(sum(received), 0)::integer AS received,
        coalesce(array_agg(location_id), '{}') AS "locationIds", coalesce(array_agg(available), '{}') AS available
      FROM stock_levels WHERE variant_id = variants.id
    ) AS level
    WHERE variants.id = ANY(${variantIds})`;
  return new Map(
    rows.map(({ variantId, locationIds, available, ...row }) => [
      variantId,
      { ...row, available: new Map(locationIds.map((id, index) => [id, available[index] ?? 0])) },
    ]),
  );
};

/** The table's trigger changes the stock. */
const insertMovements = async (
  tx: Tx,
  actorId: string,
  movements: readonly Movement[],
  at: Instant,
): Promise<void> => {
  const variantIds = movements.map(({ variantId }) => variantId);
  const locationIds = movements.map(({ locationId }) => locationId);
  await tx.$executeRaw`
    INSERT INTO stock_levels (variant_id, location_id)
    SELECT DISTINCT * FROM unnest(${variantIds}::text[], ${locationIds}::text[]) ORDER BY 1, 2
    ON CONFLICT DO NOTHING`;
  const inserted = await tx.$executeRaw`
    INSERT INTO movements (id, variant_id, location_id, kind, delta, reason, actor_id, idempotency_key, return_id, at)
    SELECT id, variant_id, location_id, kind::movement_kind, delta, reason, ${actorId}, idempotency_key, return_id, ${at}::timestamptz
    FROM unnest(
      ${movements.map(({ id }) => id)}::text[], ${variantIds}::text[], ${locationIds}::text[],
      ${movements.map(({ kind }) => kind)}::text[], ${movements.map(({ delta }) => delta)}::integer[],
      ${movements.map(({ reason }) => reason)}::text[],
      ${movements.map(({ idempotencyKey }) => idempotencyKey)}::text[],
      ${movements.map(({ returnId }) => returnId)}::text[]
    ) AS moved (id, variant_id, location_id, kind, delta, reason, idempotency_key, return_id)
    ORDER BY idempotency_key
    ON CONFLICT (actor_id, idempotency_key) DO NOTHING`;
  if (inserted < movements.length) throw new KeyTakenError();
};
