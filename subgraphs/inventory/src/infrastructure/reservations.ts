import type { Instant } from '@emporium/domain';
import { appendToOutbox } from '@emporium/messaging';
import type { Reservations } from '../application/ports.ts';
import type { OrderId, VariantId } from '../domain/ids.ts';
import {
  type AllocatedLine,
  evolve,
  initial,
  type Reservation,
  type ReservationEvent,
} from '../domain/reservation.ts';
import { drop, queue } from './backorders.ts';
import type { Prisma } from './generated/client.ts';
import { readHeld, saveCut } from './reservation-cuts.ts';
import { reservationMessages } from './reservation-messages.ts';
import { setAside } from './set-aside.ts';
import { lockStock } from './stock.ts';
import { tellOfStock } from './stock-messages.ts';
import { takenBy } from './taken.ts';

type Tx = Prisma.TransactionClient;

/** Reservations within a transaction. The order is locked before any stock, always. */
export const createReservations = (tx: Tx): Reservations => ({
  load: async (orderId) => {
    // A row that is not there yet cannot be locked; its name can.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${orderId}, 0))::text`;
    const [row] = await tx.$queryRaw<{ status: Reservation['status'] }[]>`
      SELECT lower(state::text) AS status FROM reservations WHERE order_id = ${orderId}`;
    return row ?? initial;
  },

  heldBy: (orderId, causeId, variantIds) => readHeld(tx, orderId, causeId, variantIds),

  save: async (orderId, event, at) => {
    await saveState(tx, orderId, event, at);
    const changed = await moveStock(tx, orderId, event);
    await appendToOutbox(tx, reservationMessages(orderId, event, at));
    if (changed.length > 0) await tellOfStock(tx, changed, at);
  },
});

const saveState = async (tx: Tx, orderId: OrderId, event: ReservationEvent, at: Instant): Promise<void> => {
  if (event.type === 'Cut') return; // it is what it was
  const state = evolve(initial, event).status.toUpperCase();
  await tx.$executeRaw`
    WITH reservation AS (
      INSERT INTO reservations (order_id, state) VALUES (${orderId}, ${state}::reservation_state)
      ON CONFLICT (order_id) DO UPDATE SET state = excluded.state
    )
    INSERT INTO reservation_steps (order_id, state, at)
    VALUES (${orderId}, ${state}::reservation_state, ${at}::timestamptz)`;
};

/** Answers the variants whose availability changed. */
const moveStock = async (
  tx: Tx,
  orderId: OrderId,
  event: ReservationEvent,
): Promise<readonly VariantId[]> => {
  switch (event.type) {
    case 'Reserved':
      return reserve(tx, orderId, event.lines);
    case 'Committed':
      await commit(tx, orderId);
      return [];
    case 'Released':
      return event.from === 'reserved' ? releaseReserved(tx, orderId) : takeBackSold(tx, orderId);
    case 'Cut':
      return saveCut(tx, orderId, event);
    case 'Rejected':
    case 'Closed':
      return [];
  }
};

/** The stock is locked already. */
const reserve = async (
  tx: Tx,
  orderId: OrderId,
  lines: readonly AllocatedLine[],
): Promise<readonly VariantId[]> => {
  const variantIds = lines.map(({ variantId }) => variantId);
  const taken = lines.flatMap(({ variantId, allocations }) =>
    allocations.map((allocation) => ({ ...allocation, variantId })),
  );
  await setAside(tx, taken);
  await tx.$executeRaw`
    WITH line AS (
      INSERT INTO reservation_lines (order_id, variant_id, quantity)
      SELECT ${orderId}, * FROM unnest(${variantIds}::text[], ${lines.map(({ quantity }) => quantity)}::integer[])
    )
    INSERT INTO reservation_allocations (order_id, variant_id, location_id, quantity)
    SELECT ${orderId}, * FROM unnest(
      ${taken.map(({ variantId }) => variantId)}::text[], ${taken.map(({ locationId }) => locationId)}::text[],
      ${taken.map(({ quantity }) => quantity)}::integer[])`;
  await queue(tx, orderId, lines);
  return variantIds;
};

/** Holds the stock of the order's lines; answers their variants. */
const lockStockOf = async (tx: Tx, orderId: OrderId): Promise<readonly VariantId[]> => {
  const rows = await tx.$queryRaw<{ variantId: VariantId }[]>`
    SELECT variant_id AS "variantId" FROM reservation_lines WHERE order_id = ${orderId}`;
  return lockStock(
    tx,
    rows.map(({ variantId }) => variantId),
  );
};

const commit = async (tx: Tx, orderId: OrderId): Promise<void> => {
  await lockStockOf(tx, orderId);
  await tx.$executeRaw`
    UPDATE stock_levels AS level SET reserved = reserved - quantity, sold = sold + quantity
    FROM ${takenBy(orderId)}
    WHERE level.variant_id = taken.variant_id AND level.location_id = taken.location_id`;
};

const releaseReserved = async (tx: Tx, orderId: OrderId): Promise<readonly VariantId[]> => {
  const variantIds = await lockStockOf(tx, orderId);
  await drop(tx, orderId);
  await tx.$executeRaw`
    UPDATE stock_levels AS level SET reserved = reserved - quantity, available = available + quantity
    FROM ${takenBy(orderId)}
    WHERE level.variant_id = taken.variant_id AND level.location_id = taken.location_id`;
  return variantIds;
};

const takeBackSold = async (tx: Tx, orderId: OrderId): Promise<readonly VariantId[]> => {
  const variantIds = await lockStockOf(tx, orderId);
  await drop(tx, orderId);
  await tx.$executeRaw`
    UPDATE stock_levels AS level SET sold = sold - quantity, available = available + quantity
    FROM ${takenBy(orderId)}
    WHERE level.variant_id = taken.variant_id AND level.location_id = taken.location_id`;
  return variantIds;
};
