/** What orders do without after all. The order is locked before; the stock is, too, before anything of it is read. */
import type { Allocation } from '../domain/allocation.ts';
import type { CauseId, LocationId, OrderId, VariantId } from '../domain/ids.ts';
import type { HeldLine, ReservationEvent } from '../domain/reservation.ts';
import type { Prisma } from './generated/client.ts';
import { lockStock } from './stock.ts';
import { takenBy } from './taken.ts';

type Tx = Prisma.TransactionClient;

type HeldRow = {
  readonly variantId: VariantId;
  readonly waiting: number;
  readonly locationIds: readonly LocationId[];
  readonly quantities: readonly number[];
};

export const readHeld = async (
  tx: Tx,
  orderId: OrderId,
  causeId: CauseId,
  variantIds: readonly VariantId[],
): Promise<{ isDone: boolean; held: ReadonlyMap<VariantId, HeldLine> }> => {
  const known = await lockStock(tx, variantIds);
  const done = await tx.reservationCut.count({ where: { orderId, causeId } });
  const rows = await tx.$queryRaw<HeldRow[]>`
    SELECT line.variant_id AS "variantId",
      coalesce((
        SELECT waiting FROM backorders
        WHERE backorders.order_id = line.order_id AND backorders.variant_id = line.variant_id AND NOT dropped
      ), 0) AS waiting,
      coalesce(array_agg(taken.location_id ORDER BY part, priority, taken.location_id)
        FILTER (WHERE taken.location_id IS NOT NULL), '{}') AS "locationIds",
      coalesce(array_agg(taken.quantity ORDER BY part, priority, taken.location_id)
        FILTER (WHERE taken.location_id IS NOT NULL), '{}') AS quantities
    FROM reservation_lines AS line
    LEFT JOIN ${takenBy([orderId])} ON taken.variant_id = line.variant_id
    LEFT JOIN locations ON locations.id = taken.location_id
    WHERE line.order_id = ${orderId} AND line.variant_id = ANY(${known})
    GROUP BY line.order_id, line.variant_id`;
  const held = rows.map(({ variantId, waiting, locationIds, quantities }): [VariantId, HeldLine] => {
    const allocations = locationIds.map(
      (locationId, index): Allocation => ({ locationId, quantity: quantities[index] ?? 0 }),
    );
    return [variantId, { allocations, waiting }];
  });
  return { isDone: done > 0, held: new Map(held) };
};

/** Moves the stock, which is locked already. Answers the variants of which more can be ordered. */
export const saveCut = async (
  tx: Tx,
  orderId: OrderId,
  { causeId, from, lines }: Extract<ReservationEvent, { type: 'Cut' }>,
): Promise<readonly VariantId[]> => {
  const back = lines.flatMap(({ variantId, allocations }) =>
    allocations.map((allocation) => ({ ...allocation, variantId })),
  );
  await tx.reservationCut.createMany({
    data: lines.map(({ variantId, quantity }) => ({ orderId, causeId, variantId, quantity })),
  });
  await tx.reservationCutAllocation.createMany({
    data: back.map((allocation) => ({ ...allocation, orderId, causeId })),
  });
  for (const { variantId, waiting } of lines.filter(({ waitedLess }) => waitedLess)) {
    await tx.$executeRaw`
      UPDATE backorders SET waiting = ${waiting} WHERE order_id = ${orderId} AND variant_id = ${variantId}`;
  }
  const isSold = from === 'sold';
  const moved = await tx.$executeRaw`
    UPDATE stock_levels AS level
    SET available = available + quantity,
      sold = sold - CASE WHEN ${isSold} THEN quantity ELSE 0 END,
      reserved = reserved - CASE WHEN ${isSold} THEN 0 ELSE quantity END
    FROM unnest(
      ${back.map(({ variantId }) => variantId)}::text[], ${back.map(({ locationId }) => locationId)}::text[],
      ${back.map(({ quantity }) => quantity)}::integer[]
    ) AS back (variant_id, location_id, quantity)
    WHERE level.variant_id = back.variant_id AND level.location_id = back.location_id`;
  if (moved !== back.length) throw new Error('stock changed under its lock');
  return [...new Set(back.map(({ variantId }) => variantId))];
};
