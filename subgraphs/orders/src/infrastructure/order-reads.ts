import { asInstant, type Instant } from '@emporium/domain';
import type { OrderId } from '../application/ports.ts';
import type { OrderLineView, OrderReads, OrderView, ShipmentView } from '../application/reads.ts';
import { type Onlooker, partFor } from '../domain/may-read.ts';
import { createCartReads } from './cart-reads.ts';
import type { Tx } from './database.ts';
import { createReadPurchases } from './purchase-reads.ts';
import { type EventRow, readStoredEvent } from './stored-event.ts';

const instantOf = (at: Date): Instant => asInstant(at.toISOString());

/** Rows by order, in the order of the ids asked for. */
const grouped = <Row extends { orderId: OrderId }>(
  ids: readonly OrderId[],
  rows: readonly Row[],
): readonly Row[][] => {
  const groups = new Map<OrderId, Row[]>(ids.map((id) => [id, []]));
  for (const row of rows) groups.get(row.orderId)?.push(row);
  return ids.map((id) => groups.get(id) ?? []);
};

/** Reads of what is committed, one statement per kind of row. */
export const createOrderReads = (client: Tx): OrderReads => ({
  orders: async (ids, onlooker) => {
    const rows = await client.$queryRaw<VisibleRow[]>`
      SELECT orders.id, number, orders.status, buyer_id AS "buyerId", total_minor AS "totalMinor", currency,
        failure_reason AS "failureReason", placed_at AS "placedAt", own.amount_minor AS "ownMinor"
      FROM orders
      LEFT JOIN shipments AS own ON own.order_id = orders.id AND own.seller_id = ${onlooker.id}
      WHERE orders.id = ANY(${ids})`;
    const views = new Map(rows.map((row) => [row.id, viewOf(row, onlooker)]));
    return ids.map((id) => views.get(id) ?? null);
  },

  ordersOf: async (buyerId, { limit, after }) => {
    const rows = await client.$queryRaw<VisibleRow[]>`
      SELECT id, number, status, buyer_id AS "buyerId", total_minor AS "totalMinor", currency,
        failure_reason AS "failureReason", placed_at AS "placedAt", NULL AS "ownMinor"
      FROM orders
      WHERE buyer_id = ${buyerId} AND (${after}::text IS NULL OR id < ${after})
      ORDER BY id DESC LIMIT ${limit}`;
    return rows.map(wholeOf);
  },

  lines: async (ids) => {
    const rows = await client.$queryRaw<LineRow[]>`
      SELECT line.order_id AS "orderId", line.shipment_id AS "shipmentId", shipment.seller_id AS "sellerId",
        line.variant_id AS "variantId", line.title, line.quantity, line.backordered, line.unit_price_minor AS "unitMinor",
        line.total_minor AS "totalMinor", orders.currency
      FROM order_lines AS line
      JOIN shipments AS shipment ON shipment.id = line.shipment_id
      JOIN orders ON orders.id = line.order_id
      WHERE line.order_id = ANY(${ids})
      ORDER BY line.order_id, line.position`;
    return grouped(ids, rows.map(lineOf));
  },

  shipments: async (ids) => {
    const rows = await client.$queryRaw<ShipmentView[]>`
      SELECT id, order_id AS "orderId", seller_id AS "sellerId", status, carrier,
        tracking_number AS "trackingNumber"
      FROM shipments WHERE order_id = ANY(${ids}) ORDER BY order_id, position`;
    return grouped(ids, rows);
  },

  histories: async (ids) => {
    const rows = await client.$queryRaw<(EventRow & Recording)[]>`
      SELECT order_id AS "orderId", sequence, type, schema_version AS "schemaVersion", at, payload,
        causation_id AS "causationId", note.cancel_reason AS "cancelReason"
      FROM order_events LEFT JOIN order_notes AS note USING (order_id)
      WHERE order_id = ANY(${ids}) ORDER BY order_id, sequence`;
    return grouped(ids, rows).map((own) => ({
      cancelReason: own[0]?.cancelReason ?? null,
      recorded: own.map((row) => ({
        event: readStoredEvent(row),
        sequence: row.sequence,
        causationId: row.causationId,
      })),
    }));
  },

  purchases: createReadPurchases(client),

  addresses: async (ids) => {
    const rows = await client.orderAddress.findMany({ where: { orderId: { in: [...ids] } } });
    const addresses = new Map(rows.map(({ orderId, ...address }) => [orderId as OrderId, address]));
    return ids.map((id) => addresses.get(id) ?? null);
  },

  ...createCartReads(client),
});

type VisibleRow = Omit<OrderView, 'part' | 'total' | 'placedAt'> & {
  readonly totalMinor: bigint;
  readonly currency: string;
  readonly placedAt: Date;
  /** What the onlooker's own shipment comes to; null when they sell nothing in it. */
  readonly ownMinor: bigint | null;
};

const wholeOf = ({ totalMinor, currency, ownMinor: _, placedAt, ...order }: VisibleRow): OrderView => ({
  ...order,
  part: 'WHOLE',
  total: { minor: totalMinor, currency },
  placedAt: instantOf(placedAt),
});

/** The part that the onlooker may see, and what that comes to; null when there is none. */
const viewOf = (row: VisibleRow, onlooker: Onlooker): OrderView | null => {
  const part = partFor(onlooker, { buyerId: row.buyerId, sellsIn: row.ownMinor !== null });
  if (part === null || part === 'WHOLE') return part && wholeOf(row);
  return { ...wholeOf(row), part, total: { minor: row.ownMinor ?? 0n, currency: row.currency } };
};

type Recording = {
  readonly orderId: OrderId;
  readonly sequence: number;
  readonly causationId: string | null;
  readonly cancelReason: string | null;
};

type LineRow = Omit<OrderLineView, 'unitPrice' | 'total'> & {
  readonly orderId: OrderId;
  readonly unitMinor: bigint;
  readonly totalMinor: bigint;
  readonly currency: string;
};

const lineOf = ({ unitMinor, totalMinor, currency, ...line }: LineRow) => ({
  ...line,
  unitPrice: { minor: unitMinor, currency },
  total: { minor: totalMinor, currency },
});
