import { asInstant } from '@emporium/domain';
import { gather } from '@emporium/messaging';
import type { KeyedReads } from '@emporium/subgraph';
import type { Glimpse, OrderFeed, StatusChange } from '../application/follow-order.ts';
import type { OrderId, UserId } from '../application/ports.ts';
import { type Onlooker, partFor } from '../domain/may-read.ts';
import type { OrderStatus } from '../domain/order.ts';
import { Prisma } from './generated/client.ts';
import type { Wakes } from './wakes.ts';

type Look = { readonly id: OrderId; readonly onlooker: Onlooker; readonly after: number | null };

/** An order that was looked at, with one of its changes; with none it has not changed since. */
type Row = {
  readonly turn: number;
  readonly status: OrderStatus;
  readonly version: number;
  readonly buyerId: UserId;
  readonly sellsIn: boolean;
  readonly wasConfirmed: boolean;
  readonly sequence: number | null;
  readonly changedTo: OrderStatus | null;
  readonly at: Date | null;
};

/** Changes of status as the history has them, read whenever something wakes the reader. */
export const createOrderFeed = (
  keyed: KeyedReads,
  wakes: Wakes,
  failed: (error: unknown) => void,
): OrderFeed => {
  // One transaction moves many orders, and one order may have many followers: whoever is woken together reads together. What
  // has OFFSET 0 is looked up for each, whatever the tables held when this was planned: joined or hashed, it read all orders.
  const look = gather<Look, Glimpse | null>(async (looks) => {
    const rows = await keyed.rows<Row>(Prisma.sql`
      SELECT asked.turn::int - 1 AS turn, orders.status, version, buyer_id AS "buyerId",
        EXISTS (SELECT FROM shipments WHERE order_id = orders.id AND seller_id = asked.onlooker_id OFFSET 0) AS "sellsIn",
        EXISTS (SELECT FROM received_orders WHERE order_id = orders.id AND seller_id = asked.onlooker_id OFFSET 0) AS "wasConfirmed",
        change.sequence, change.status AS "changedTo", change.at
      FROM unnest(${looks.map(({ id }) => id)}::text[], ${looks.map(({ onlooker }) => onlooker.id)}::text[],
        ${looks.map(({ after }) => after)}::int[]) WITH ORDINALITY AS asked (order_id, onlooker_id, after, turn)
      CROSS JOIN LATERAL (SELECT id, status, version, buyer_id FROM orders WHERE id = asked.order_id OFFSET 0) AS orders
      LEFT JOIN LATERAL (
        SELECT sequence, status, at
        FROM (
          SELECT sequence, status, at, lag(status) OVER (ORDER BY sequence) AS before
          FROM order_events WHERE order_id = asked.order_id
        ) AS event
        WHERE status IS DISTINCT FROM before AND sequence > coalesce(asked.after, 0)
      ) AS change ON true
      ORDER BY asked.turn, change.sequence`);
    const byLook: readonly Row[][] = looks.map(() => []);
    for (const row of rows) byLook[row.turn]?.push(row);
    return looks.map((each, index) => glimpseOf(each, byLook[index] ?? []));
  });

  return {
    look: (id, onlooker, after) => look({ id, onlooker, after }),
    onWake: wakes.on,
    failed,
  };
};

/** Null for whoever may not see the order, and of an order that is not there. */
const glimpseOf = ({ onlooker, after }: Look, rows: readonly Row[]): Glimpse | null => {
  const [order] = rows;
  if (!order || partFor(onlooker, order) === null) return null;
  const all = rows.flatMap(changeOf);
  const changes = after === null ? all.slice(-1) : all;
  return { status: changes.at(-1)?.status ?? order.status, version: order.version, changes };
};

const changeOf = ({ sequence, changedTo, at }: Row): readonly StatusChange[] =>
  sequence === null || changedTo === null || at === null
    ? []
    : [{ sequence, status: changedTo, at: asInstant(at.toISOString()) }];
