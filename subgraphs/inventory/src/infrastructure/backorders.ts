/** What orders wait for. All of it is read and written under the variant's lock. */
import type { Instant } from '@emporium/domain';
import type { OutgoingMessage } from '@emporium/messaging';
import { type Allocation, type AvailableAt, totalOf } from '../domain/allocation.ts';
import { fill, type Waiting } from '../domain/backorder.ts';
import type { OrderId, VariantId } from '../domain/ids.ts';
import { backorderMessages } from './backorder-messages.ts';
import { Prisma } from './generated/client.ts';

type Tx = Prisma.TransactionClient;

/** Units of a row of `stock` that orders wait for. */
export const waitingUnits = Prisma.sql`(
  SELECT coalesce(sum(waiting), 0)::integer FROM backorders
  WHERE backorders.variant_id = stock.variant_id AND waiting > 0 AND NOT dropped
)`;

type Short = { readonly orderId: OrderId; readonly variantId: VariantId; readonly waiting: number };

/**
 * Puts orders' lines at the end of the queue, in this order. The condition repeats the decision, so that no bug elsewhere
 * promises too much.
 */
export const queue = async (tx: Tx, short: readonly Short[]): Promise<void> => {
  if (short.length === 0) return;
  const queued = await tx.$executeRaw`
    INSERT INTO backorders (order_id, variant_id, quantity, waiting, limit_then)
    SELECT order_id, variant_id, quantity, quantity, backorder_limit
    FROM (
      SELECT *, sum(quantity) OVER (PARTITION BY variant_id ORDER BY ordinal) AS so_far
      FROM unnest(
        ${short.map(({ orderId }) => orderId)}::text[], ${short.map(({ variantId }) => variantId)}::text[],
        ${short.map(({ waiting }) => waiting)}::integer[]
      ) WITH ORDINALITY AS line (order_id, variant_id, quantity, ordinal)
    ) AS short JOIN stock USING (variant_id)
    WHERE backorder AND (backorder_limit IS NULL OR ${waitingUnits} + so_far <= backorder_limit)
    ORDER BY ordinal`;
  if (queued !== short.length) throw new Error('backorders changed under their lock');
};

/** Ended orders wait for nothing. */
export const drop = (tx: Tx, orderIds: readonly OrderId[]) => tx.$executeRaw`
  UPDATE backorders SET dropped = true WHERE order_id = ANY(${orderIds})`;

/**
 * Gives what can be ordered of these variants, whose stock is locked, to the orders that wait for it. Answers the messages
 * that tell of it.
 */
export const fillBackorders = async (
  tx: Tx,
  variantIds: readonly VariantId[],
  at: Instant,
): Promise<readonly OutgoingMessage[]> => {
  const levels = await readAwaited(tx, variantIds);
  if (levels.size === 0) return [];
  const queues = await readQueues(tx, levels);
  const filled = [...levels].flatMap(([variantId, available]) =>
    fill(queues.get(variantId) ?? [], available).map((filling) => ({ ...filling, variantId })),
  );
  if (filled.length === 0) return [];
  await hand(
    tx,
    filled.flatMap(({ orderId, variantId, allocations }) =>
      allocations.map((allocation) => ({ ...allocation, orderId, variantId })),
    ),
  );
  await tx.$executeRaw`
    UPDATE backorders SET waiting = filled.waiting
    FROM unnest(
      ${filled.map(({ orderId }) => orderId)}::text[], ${filled.map(({ variantId }) => variantId)}::text[],
      ${filled.map(({ waiting }) => waiting)}::integer[]
    ) AS filled (order_id, variant_id, waiting)
    WHERE backorders.order_id = filled.order_id AND backorders.variant_id = filled.variant_id`;
  return backorderMessages(filled, at);
};

/** What can be ordered of those that somebody waits for, by location. */
const readAwaited = async (
  tx: Tx,
  variantIds: readonly VariantId[],
): Promise<Map<VariantId, AvailableAt[]>> => {
  const rows = await tx.$queryRaw<(AvailableAt & { variantId: VariantId })[]>`
    SELECT variant_id AS "variantId", location_id AS "locationId", available
    FROM stock_levels JOIN locations ON locations.id = location_id
    WHERE variant_id = ANY(${variantIds}) AND active AND available > 0 AND EXISTS (
      SELECT FROM backorders
      WHERE backorders.variant_id = stock_levels.variant_id AND waiting > 0 AND NOT dropped
    )
    ORDER BY variant_id, priority, location_id`;
  return perVariant(rows);
};

/** The oldest of each variant, as many as can get anything. */
const readQueues = async (
  tx: Tx,
  levels: ReadonlyMap<VariantId, readonly AvailableAt[]>,
): Promise<Map<VariantId, Waiting[]>> => {
  const units = [...levels.values()].map(totalOf);
  const rows = await tx.$queryRaw<(Waiting & { variantId: VariantId })[]>`
    SELECT awaited.variant_id AS "variantId", order_id AS "orderId", waiting
    FROM unnest(${[...levels.keys()]}::text[], ${units}::integer[]) AS awaited (variant_id, units),
    LATERAL (
      SELECT order_id, waiting, position FROM backorders
      WHERE backorders.variant_id = awaited.variant_id AND waiting > 0 AND NOT dropped
      ORDER BY position LIMIT units
    ) AS oldest
    ORDER BY awaited.variant_id, position`;
  return perVariant(rows);
};

const perVariant = <Row extends { readonly variantId: VariantId }>(
  rows: readonly Row[],
): Map<VariantId, Row[]> => {
  const groups = new Map<VariantId, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.variantId);
    if (group) group.push(row);
    else groups.set(row.variantId, [row]);
  }
  return groups;
};

type Handed = Allocation & { readonly orderId: OrderId; readonly variantId: VariantId };

/** available → reserved, or sold where the order is paid. Who pays meanwhile waits for the lock, and finds it reserved. */
const hand = async (tx: Tx, handed: readonly Handed[]): Promise<void> => {
  const rows = Prisma.sql`unnest(
      ${handed.map(({ orderId }) => orderId)}::text[], ${handed.map(({ variantId }) => variantId)}::text[],
      ${handed.map(({ locationId }) => locationId)}::text[], ${handed.map(({ quantity }) => quantity)}::integer[]
    ) AS handed (order_id, variant_id, location_id, quantity)`;
  const places = new Set(handed.map(({ variantId, locationId }) => `${variantId} ${locationId}`));
  const moved = await tx.$executeRaw`
    UPDATE stock_levels AS level
    SET available = available - total.reserved - total.sold, reserved = level.reserved + total.reserved,
      sold = level.sold + total.sold
    FROM (
      SELECT variant_id, location_id, coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0)::integer AS reserved,
        coalesce(sum(quantity) FILTER (WHERE state = 'COMMITTED'), 0)::integer AS sold
      FROM ${rows} JOIN reservations USING (order_id) GROUP BY 1, 2
    ) AS total
    WHERE level.variant_id = total.variant_id AND level.location_id = total.location_id
      AND available >= total.reserved + total.sold`;
  if (moved !== places.size) throw new Error('stock changed under its lock');
  await tx.$executeRaw`
    INSERT INTO reservation_allocations (order_id, variant_id, location_id, part, quantity)
    SELECT order_id, variant_id, location_id, 1 + coalesce((
      SELECT max(part) FROM reservation_allocations AS earlier
      WHERE earlier.order_id = handed.order_id AND earlier.variant_id = handed.variant_id
    ), 0), quantity
    FROM ${rows}`;
};
