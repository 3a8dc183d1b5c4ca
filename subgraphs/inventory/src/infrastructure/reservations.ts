import type { Instant } from '@emporium/domain';
import { appendToOutbox } from '@emporium/messaging';
import type { Reservations } from '../application/ports.ts';
import type { OrderId } from '../domain/ids.ts';
import {
  evolve,
  initial,
  type Line,
  type Reservation,
  type ReservationEvent,
} from '../domain/reservation.ts';
import type { Prisma } from './generated/client.ts';
import { reservationMessages } from './reservation-messages.ts';
import { type ChangedStock, stockChangedMessages } from './stock-messages.ts';

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

  save: async (orderId, event, at) => {
    await saveState(tx, orderId, event, at);
    const changed = await moveStock(tx, orderId, event);
    await appendToOutbox(tx, [
      ...reservationMessages(orderId, event, at),
      ...stockChangedMessages(changed, at),
    ]);
  },
});

const saveState = async (tx: Tx, orderId: OrderId, event: ReservationEvent, at: Instant): Promise<void> => {
  const state = evolve(initial, event).status.toUpperCase();
  await tx.$executeRaw`
    WITH reservation AS (
      INSERT INTO reservations (order_id, state) VALUES (${orderId}, ${state}::reservation_state)
      ON CONFLICT (order_id) DO UPDATE SET state = excluded.state
    )
    INSERT INTO reservation_steps (order_id, state, at)
    VALUES (${orderId}, ${state}::reservation_state, ${at}::timestamptz)`;
};

/** Answers the stock whose availability changed. */
const moveStock = async (
  tx: Tx,
  orderId: OrderId,
  event: ReservationEvent,
): Promise<readonly ChangedStock[]> => {
  switch (event.type) {
    case 'Reserved':
      return reserve(tx, orderId, event.lines);
    case 'Committed':
      await commit(tx, orderId);
      return [];
    case 'Released':
      return event.from === 'reserved' ? releaseReserved(tx, orderId) : takeBackSold(tx, orderId);
    case 'Rejected':
    case 'Closed':
      return [];
  }
};

/** The stock is locked already. The condition repeats the decision, so that no bug elsewhere can oversell. */
const reserve = async (
  tx: Tx,
  orderId: OrderId,
  lines: readonly Line[],
): Promise<readonly ChangedStock[]> => {
  const variantIds = lines.map(({ variantId }) => variantId);
  const quantities = lines.map(({ quantity }) => quantity);
  const changed = await tx.$queryRaw<ChangedStock[]>`
    UPDATE stock
    SET available = available - quantity, reserved = reserved + quantity, version = version + 1
    FROM unnest(${variantIds}::text[], ${quantities}::integer[]) AS line (variant_id, quantity)
    WHERE stock.variant_id = line.variant_id AND available >= quantity
    RETURNING stock.variant_id AS "variantId", available, version`;
  if (changed.length !== lines.length)
    throw new Error(`the stock of order ${orderId} changed under its lock`);
  await tx.$executeRaw`
    INSERT INTO reservation_lines (order_id, variant_id, quantity)
    SELECT ${orderId}, variant_id, quantity
    FROM unnest(${variantIds}::text[], ${quantities}::integer[]) AS line (variant_id, quantity)`;
  return changed;
};

const lockStockOf = (tx: Tx, orderId: OrderId) => tx.$executeRaw`
  SELECT 1 FROM stock
  WHERE variant_id IN (SELECT variant_id FROM reservation_lines WHERE order_id = ${orderId})
  ORDER BY variant_id FOR UPDATE`;

const commit = async (tx: Tx, orderId: OrderId): Promise<void> => {
  await lockStockOf(tx, orderId);
  await tx.$executeRaw`
    UPDATE stock SET reserved = reserved - quantity, sold = sold + quantity
    FROM reservation_lines AS line
    WHERE order_id = ${orderId} AND stock.variant_id = line.variant_id`;
};

const releaseReserved = async (tx: Tx, orderId: OrderId): Promise<readonly ChangedStock[]> => {
  await lockStockOf(tx, orderId);
  return tx.$queryRaw<ChangedStock[]>`
    UPDATE stock
    SET reserved = reserved - quantity, available = available + quantity, version = version + 1
    FROM reservation_lines AS line
    WHERE order_id = ${orderId} AND stock.variant_id = line.variant_id
    RETURNING stock.variant_id AS "variantId", available, version`;
};

const takeBackSold = async (tx: Tx, orderId: OrderId): Promise<readonly ChangedStock[]> => {
  await lockStockOf(tx, orderId);
  return tx.$queryRaw<ChangedStock[]>`
    UPDATE stock SET sold = sold - quantity, available = available + quantity, version = version + 1
    FROM reservation_lines AS line
    WHERE order_id = ${orderId} AND stock.variant_id = line.variant_id
    RETURNING stock.variant_id AS "variantId", available, version`;
};
