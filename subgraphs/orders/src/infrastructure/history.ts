import type { Cause } from '@emporium/messaging';
import type { OrderId } from '../application/ports.ts';
import {
  evolve,
  initial,
  type Order,
  type OrderStatus,
  type PlacedOrder,
  statusOf,
} from '../domain/order.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { Tx } from './database.ts';
import { Prisma } from './generated/client.ts';
import { type EventRow, readStoredEvent, writeStoredPayload } from './stored-event.ts';
import { newestVersion } from './upcasters/upcast.ts';
import type { Writes } from './writes.ts';

/** Somebody else moved the order since it was loaded; load it again and decide anew. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';
}

/** An event in its place, with what the order was before it and is after it. */
export type Step = {
  readonly event: OrderEvent;
  readonly sequence: number;
  readonly before: Order;
  readonly after: PlacedOrder;
  readonly status: OrderStatus;
};

/** The steps that an order took at once. */
export type Move = { readonly orderId: OrderId; readonly steps: readonly Step[] };

/** With why it took them. */
export type CausedMove = Move & { readonly cause: Cause };

/** Puts new events in their places after the order's history so far. */
export const stepsAfter = (
  { order, version }: { order: Order; version: number },
  events: readonly OrderEvent[],
): readonly Step[] => {
  let before = order;
  return events.map((event, index) => {
    const after = evolve(before, event);
    if (after.phase === 'ABSENT') throw new TypeError(`${event.type} left no order`);
    const step = { event, sequence: version + index + 1, before, after, status: statusOf(after) };
    before = after;
    return step;
  });
};

/** Whole histories, each oldest first; an order without one is not in the answer. */
export const readHistories = async (
  tx: Tx,
  ids: readonly OrderId[],
): Promise<ReadonlyMap<OrderId, readonly OrderEvent[]>> => {
  const rows = await tx.$queryRaw<(EventRow & { orderId: OrderId })[]>`
    SELECT order_id AS "orderId", type, schema_version AS "schemaVersion", at, payload
    FROM order_events WHERE order_id = ANY(${ids}) ORDER BY order_id, sequence`;
  const histories = new Map<OrderId, OrderEvent[]>();
  for (const row of rows) {
    const history = histories.get(row.orderId) ?? [];
    histories.set(row.orderId, history);
    history.push(readStoredEvent(row));
  }
  return histories;
};

/** Orders as their histories made them. */
export const loadOrders = async (
  tx: Tx,
  ids: readonly OrderId[],
): Promise<readonly { readonly order: Order; readonly version: number }[]> => {
  const histories = await readHistories(tx, ids);
  return ids.map((id) => {
    const events = histories.get(id) ?? [];
    return { order: events.reduce(evolve, initial), version: events.length };
  });
};

/** Appends, and writes what waits; a sequence number that is taken throws ConcurrencyError. */
export const appendHistories = async (writes: Writes, moves: readonly CausedMove[]): Promise<void> => {
  const steps = moves.flatMap(({ orderId, cause, steps: its }) =>
    its.map((step) => ({ ...step, orderId, causationId: cause.causationId ?? null })),
  );
  const written = await writes.now(Prisma.sql`
    INSERT INTO order_events (order_id, sequence, type, schema_version, payload, status, at, causation_id)
    SELECT order_id, sequence, type, schema_version, payload::jsonb, status, at::timestamptz, causation_id
    FROM unnest(
      ${steps.map(({ orderId }) => orderId)}::text[],
      ${steps.map(({ sequence }) => sequence)}::integer[],
      ${steps.map(({ event }) => event.type)}::text[],
      ${steps.map(({ event }) => newestVersion(event.type))}::smallint[],
      ${steps.map(({ event }) => JSON.stringify(writeStoredPayload(event)))}::text[],
      ${steps.map(({ status }) => status)}::text[],
      ${steps.map(({ event }) => event.at)}::text[],
      ${steps.map(({ causationId }) => causationId)}::text[]
    ) AS event (order_id, sequence, type, schema_version, payload, status, at, causation_id)
    ON CONFLICT (order_id, sequence) DO NOTHING`);
  if (written === steps.length) return;
  throw new ConcurrencyError(`of ${moves.map(({ orderId }) => orderId).join(', ')} somebody moved one on`);
};
