import { type KeyedReads, plannedAfresh } from '@emporium/subgraph';
import { mostSearched, type OrderLists, type OrderQuery } from '../application/order-lists.ts';
import type { OrderId, UserId } from '../application/ports.ts';
import type { Tx } from './database.ts';
import { Prisma } from './generated/client.ts';

type Page = Parameters<OrderLists['find']>[1];

/**
 * An id is a UUIDv7 of when it was made by the clock of a service, `placed_at` the database's. Services whose clocks are a
 * minute off cannot even read each other's tokens, so an hour covers the difference.
 */
const clocksApartMs = 3_600_000;

/** What all ids begin with, or come after, that were made from a moment on. */
const idAt = (milliseconds: number): string => {
  const hex = Math.max(0, milliseconds).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}`;
};

/** Lists of ids. Each begins with an index that has its order; what it finds is planned for what is asked. */
export const createOrderLists = (client: Tx, keyed: KeyedReads): OrderLists => ({
  find: async (query, page) => {
    const rows = await client.$queryRaw<{ id: OrderId }[]>`
      ${Prisma.raw(plannedAfresh)} ${statementOf(query, page)}`;
    return rows.map(({ id }) => id);
  },

  idOf: async (number) => {
    const [row] = await keyed.rows<{ id: OrderId }>(Prisma.sql`
      SELECT id FROM orders WHERE number = ${number}`);
    return row?.id ?? null;
  },
});

/** A table that a list can begin with: its column of the order's id, and its own conditions. */
type Start = {
  readonly from: Prisma.Sql;
  readonly id: Prisma.Sql;
  readonly conditions: readonly Prisma.Sql[];
  /** Each status has its own place in the index, so each is read by itself. */
  readonly status: { readonly column: Prisma.Sql; readonly wanted: readonly string[] } | null;
};

const { raw, sql, join } = Prisma;

const startOf = (query: OrderQuery): Start => {
  const { buyerId, sellerId, receivedBy, variantId, statuses = [] } = query;
  const ofBuyer = buyerId ? [sql`orders.buyer_id = ${buyerId}`] : [];
  const inStatus = statuses.length > 0 ? [sql`orders.status = ANY(${statuses})`] : [];
  if (receivedBy) return startOfReceived(receivedBy, query, [...ofBuyer, ...inStatus]);
  if (sellerId) return startOfSeller('shipments AS shipment', sellerId, query, [...ofBuyer, ...inStatus]);
  if (variantId) {
    return {
      from: raw('order_lines AS line JOIN orders ON orders.id = line.order_id'),
      id: raw('line.order_id'),
      conditions: [sql`line.variant_id = ${variantId}`, ...ofBuyer, ...inStatus],
      status: null,
    };
  }
  const start = { from: raw('orders'), id: raw('orders.id') };
  // What is searched for text is bounded by itself, whatever the status.
  if (query.text || statuses.length === 0)
    return { ...start, conditions: [...ofBuyer, ...inStatus], status: null };
  return { ...start, conditions: ofBuyer, status: { column: raw('orders.status'), wanted: statuses } };
};

/** Begins with what the seller received, or by status with those of their shipments that are of it. */
const startOfReceived = (sellerId: UserId, query: OrderQuery, ofOrder: readonly Prisma.Sql[]): Start => {
  const { shipmentStatuses = [] } = query;
  if (shipmentStatuses.length === 0)
    return startOfSeller('received_orders AS received', sellerId, query, ofOrder);
  const isReceived = sql`EXISTS (
    SELECT FROM received_orders AS received
    WHERE received.order_id = shipment.order_id AND received.seller_id = shipment.seller_id)`;
  const start = startOfSeller('shipments AS shipment', sellerId, query, [isReceived, ...ofOrder]);
  return { ...start, status: { column: raw('shipment.status'), wanted: shipmentStatuses } };
};

/** Begins with the seller's rows of a table, and looks at orders only when something is asked of them. */
const startOfSeller = (
  table: 'shipments AS shipment' | 'received_orders AS received',
  sellerId: UserId,
  { placed, atLeast, atMost, number, buyerId, statuses = [], variantId }: OrderQuery,
  conditions: readonly Prisma.Sql[],
): Start => {
  const asked = [placed?.from, placed?.until, atLeast, atMost, number, buyerId, statuses.length > 0];
  const alias = table.slice(table.lastIndexOf(' ') + 1);
  const orders = asked.some(Boolean) ? `JOIN orders ON orders.id = ${alias}.order_id` : '';
  const id = raw(`${alias}.order_id`);
  const withVariant = sql`EXISTS (
    SELECT FROM order_lines AS line WHERE line.order_id = ${id} AND line.variant_id = ${variantId})`;
  return {
    from: raw(`${table} ${orders}`),
    id,
    conditions: [
      sql`${raw(alias)}.seller_id = ${sellerId}`,
      ...conditions,
      ...(variantId ? [withVariant] : []),
    ],
    status: null,
  };
};

const idOfOrder = raw('orders.id');

const conditionsOf = (query: OrderQuery, id: Prisma.Sql, after: string | null): Prisma.Sql[] => {
  const { from = null, until = null } = query.placed ?? {};
  const found: Prisma.Sql[] = [];
  // Postgres does not see that what bounds one side of a join bounds the other, too.
  const ids = id.sql === idOfOrder.sql ? [id] : [id, idOfOrder];
  if (after !== null) found.push(query.sort === 'NEWEST' ? sql`${id} < ${after}` : sql`${id} > ${after}`);
  if (from !== null) {
    const lowest = idAt(Date.parse(from) - clocksApartMs);
    found.push(...ids.map((each) => sql`${each} >= ${lowest}`));
    found.push(sql`orders.placed_at >= ${from}::timestamptz`);
  }
  if (until !== null) {
    const above = idAt(Date.parse(until) + clocksApartMs);
    found.push(...ids.map((each) => sql`${each} < ${above}`));
    found.push(sql`orders.placed_at < ${until}::timestamptz`);
  }
  const { atLeast, atMost, number } = query;
  if (atLeast)
    found.push(
      sql`orders.currency = ${atLeast.currency}::bpchar AND orders.total_minor >= ${atLeast.minor}`,
    );
  if (atMost)
    found.push(sql`orders.currency = ${atMost.currency}::bpchar AND orders.total_minor <= ${atMost.minor}`);
  // Numbers have no sign that LIKE knows.
  if (number) found.push(sql`orders.number LIKE ${`${number}%`}`);
  return found;
};

export const statementOf = (query: OrderQuery, { limit, after }: Page): Prisma.Sql => {
  const { from, id, conditions, status } = startOf(query);
  const order = raw(query.sort === 'NEWEST' ? 'DESC' : 'ASC');
  const all = [...conditions, ...conditionsOf(query, id, after)];
  const where = (more: readonly Prisma.Sql[] = []) => {
    const each = [...all, ...more];
    return each.length > 0 ? sql`WHERE ${join(each, ' AND ')}` : Prisma.empty;
  };
  if (query.text) {
    const recent = sql`SELECT orders.id, orders.number FROM orders ${where()} ORDER BY orders.id ${order} LIMIT ${mostSearched}`;
    return sql`
      SELECT recent.id FROM (${recent}) AS recent WHERE ${matches(query.text)}
      ORDER BY recent.id ${order} LIMIT ${limit}`;
  }
  const list = (more: readonly Prisma.Sql[] = []) => sql`
    SELECT DISTINCT ${id} AS id FROM ${from} ${where(more)} ORDER BY ${id} ${order} LIMIT ${limit}`;
  if (!status) return list();
  const each = [...new Set(status.wanted)].map((one) => sql`(${list([sql`${status.column} = ${one}`])})`);
  return sql`
    SELECT found.id FROM (${join(each, ' UNION ')}) AS found ORDER BY found.id ${order} LIMIT ${limit}`;
};

const matches = ({ words, number }: NonNullable<OrderQuery['text']>): Prisma.Sql => {
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  const inTitle = sql`EXISTS (
    SELECT FROM order_lines AS line WHERE line.order_id = recent.id AND line.title ILIKE ALL(${patterns}::text[]))`;
  return number === null ? inTitle : sql`(recent.number LIKE ${`${number}%`} OR ${inTitle})`;
};
