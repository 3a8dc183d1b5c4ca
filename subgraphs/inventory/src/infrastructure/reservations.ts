import { asInstant, type Instant } from '@emporium/domain';
import { appendToOutbox, withCause } from '@emporium/messaging';
import type { Happened, Reservations } from '../application/ports.ts';
import type { OrderId, VariantId } from '../domain/ids.ts';
import { evolve, initial, type Reservation, type ReservationEvent } from '../domain/reservation.ts';
import { drop, queue } from './backorders.ts';
import { Prisma } from './generated/client.ts';
import { readHeld, saveCut } from './reservation-cuts.ts';
import { reservationMessages } from './reservation-messages.ts';
import { setAside } from './set-aside.ts';
import { newsOfStock, type StockChange } from './stock-messages.ts';
import { takenBy } from './taken.ts';

type Tx = Prisma.TransactionClient;
type HappenedAs<Type extends ReservationEvent['type']> = Happened & {
  readonly event: Extract<ReservationEvent, { type: Type }>;
};

/** Reservations within a transaction. Orders are locked before any stock, always. */
export const createReservations = (tx: Tx): Reservations => ({
  hold: async (orderIds, variantIds) => {
    type Row = { orderId: OrderId; status: Reservation['status'] | null; at: Date };
    const rows = await tx.$queryRaw<Row[]>`
      SELECT order_id AS "orderId", lower(state::text) AS status, now() AS at
      FROM hold_orders(${orderIds}, ${variantIds})`;
    const [row] = rows;
    if (!row) throw new Error('no order was to be held');
    return {
      reservations: new Map(
        rows.map(({ orderId, status }): [OrderId, Reservation] => [orderId, status ? { status } : initial]),
      ),
      at: asInstant(row.at.toISOString()),
    };
  },

  heldBy: (orderId, causeId, variantIds) => readHeld(tx, orderId, causeId, variantIds),

  save: async (happened, at) => {
    if (happened.length === 0) return;
    const changes = await write(tx, happened, at);
    const told = happened.flatMap(({ orderId, event, cause }) =>
      withCause(cause, () => reservationMessages(orderId, event, at)),
    );
    await appendToOutbox(tx, [...told, ...(await newsOfStock(tx, changes, at))]);
  },
});

/** A statement for all to which the same happened. Answers the variants whose availability changed, in the order in which it did. */
const write = async (
  tx: Tx,
  happened: readonly Happened[],
  at: Instant,
): Promise<readonly StockChange[]> => {
  const only = <Type extends ReservationEvent['type']>(...types: readonly Type[]) =>
    happened.filter((each): each is HappenedAs<Type> => types.includes(each.event.type as Type));
  return [
    ...(await reserve(tx, only('Reserved', 'Rejected', 'Closed'), at)),
    ...(await commit(tx, only('Committed'), at)),
    ...(await release(tx, only('Released'), at)),
    ...(await cut(tx, only('Cut'))),
  ];
};

/** The head of a statement that goes on with what follows from the states in which the orders are now. */
const withStates = (happened: readonly Happened[], at: Instant): Prisma.Sql => {
  const states = happened.map(({ event }) => evolve(initial, event).status.toUpperCase());
  return Prisma.sql`
    WITH now_in (order_id, state) AS (
      SELECT * FROM unnest(${happened.map(({ orderId }) => orderId)}::text[], ${states}::reservation_state[])
    ), reservation AS (
      INSERT INTO reservations (order_id, state) SELECT order_id, state FROM now_in
      ON CONFLICT (order_id) DO UPDATE SET state = excluded.state
    ), step AS (
      INSERT INTO reservation_steps (order_id, state, at) SELECT order_id, state, ${at}::timestamptz FROM now_in
    )`;
};

/** Nothing is taken for those that were rejected, or ended before they were heard of. */
const reserve = async (
  tx: Tx,
  happened: readonly HappenedAs<'Reserved' | 'Rejected' | 'Closed'>[],
  at: Instant,
): Promise<readonly StockChange[]> => {
  if (happened.length === 0) return [];
  const lines = happened.flatMap(({ orderId, event, cause }) =>
    event.type === 'Reserved' ? event.lines.map((line) => ({ ...line, orderId, cause })) : [],
  );
  const taken = lines.flatMap(({ orderId, variantId, allocations }) =>
    allocations.map((allocation) => ({ ...allocation, orderId, variantId })),
  );
  await setAside(
    tx,
    taken,
    Prisma.sql`${withStates(happened, at)}, line AS (
      INSERT INTO reservation_lines (order_id, variant_id, quantity)
      SELECT * FROM unnest(
        ${lines.map(({ orderId }) => orderId)}::text[], ${lines.map(({ variantId }) => variantId)}::text[],
        ${lines.map(({ quantity }) => quantity)}::integer[])
    ), allocation AS (
      INSERT INTO reservation_allocations (order_id, variant_id, location_id, quantity)
      SELECT * FROM unnest(
        ${taken.map(({ orderId }) => orderId)}::text[], ${taken.map(({ variantId }) => variantId)}::text[],
        ${taken.map(({ locationId }) => locationId)}::text[], ${taken.map(({ quantity }) => quantity)}::integer[])
    )`,
  );
  await queue(
    tx,
    lines.filter(({ waiting }) => waiting > 0),
  );
  return lines;
};

const commit = async (
  tx: Tx,
  happened: readonly HappenedAs<'Committed'>[],
  at: Instant,
): Promise<readonly StockChange[]> => {
  await shift(tx, happened, at, Prisma.sql`reserved = reserved - quantity, sold = sold + quantity`);
  return []; // what can be ordered is what it was
};

const release = async (
  tx: Tx,
  happened: readonly HappenedAs<'Released'>[],
  at: Instant,
): Promise<readonly StockChange[]> => {
  if (happened.length === 0) return [];
  const orderIds = happened.map(({ orderId }) => orderId);
  const from = (place: 'reserved' | 'sold') => happened.filter(({ event }) => event.from === place);
  await drop(tx, orderIds);
  await shift(
    tx,
    from('reserved'),
    at,
    Prisma.sql`reserved = reserved - quantity, available = available + quantity`,
  );
  await shift(tx, from('sold'), at, Prisma.sql`sold = sold - quantity, available = available + quantity`);
  const lines = await tx.$queryRaw<{ orderId: OrderId; variantId: VariantId }[]>`
    SELECT order_id AS "orderId", variant_id AS "variantId" FROM reservation_lines
    WHERE order_id = ANY(${orderIds})`;
  return happened.flatMap(({ orderId, cause }) =>
    lines.filter((line) => line.orderId === orderId).map(({ variantId }) => ({ variantId, cause })),
  );
};

const cut = async (tx: Tx, happened: readonly HappenedAs<'Cut'>[]): Promise<readonly StockChange[]> => {
  const changes: StockChange[] = [];
  for (const { orderId, event, cause } of happened) {
    const variantIds = await saveCut(tx, orderId, event);
    changes.push(...variantIds.map((variantId) => ({ variantId, cause })));
  }
  return changes;
};

/** Moves all that the orders have by now. */
const shift = async (
  tx: Tx,
  happened: readonly Happened[],
  at: Instant,
  moved: Prisma.Sql,
): Promise<void> => {
  if (happened.length === 0) return;
  await tx.$executeRaw`
    ${withStates(happened, at)}
    UPDATE stock_levels AS level SET ${moved} FROM ${takenBy(happened.map(({ orderId }) => orderId))}
    WHERE level.variant_id = taken.variant_id AND level.location_id = taken.location_id`;
};
