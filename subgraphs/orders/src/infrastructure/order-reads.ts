import { asInstant, type Instant, type Money } from '@emporium/domain';
import type { KeyedReads } from '@emporium/subgraph';
import type { Address, OrderId, ReturnId } from '../application/ports.ts';
import type { OrderLineView, OrderReads, OrderView, ShipmentView } from '../application/reads.ts';
import { amountsOf } from '../domain/checkout/quote.ts';
import { type Onlooker, partFor } from '../domain/may-read.ts';
import type { ReturnNoteAbout } from '../domain/return.ts';
import { createCartReads } from './cart-reads.ts';
import type { Tx } from './database.ts';
import { Prisma } from './generated/client.ts';
import { createReadPurchases } from './purchase-reads.ts';
import { createReturnReads } from './return-reads.ts';
import { reasons as storedReasons } from './stored-amounts.ts';
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

/** Reads of what is committed, one statement per kind of row: by key past Prisma, since nearly every page asks for them. */
export const createOrderReads = (client: Tx, keyed: KeyedReads): OrderReads => ({
  orders: async (ids, onlooker) => {
    const rows = await keyed.rows<VisibleRow>(Prisma.sql`
      SELECT orders.id, number, orders.status, buyer_id AS "buyerId", total_minor AS "totalMinor", currency,
        failure_reason AS "failureReason", placed_at AS "placedAt", coupon_code AS "couponCode",
        orders.goods_minor AS "goodsMinor", orders.discount_minor AS "discountMinor",
        orders.shipping_minor AS "shippingMinor", orders.tax_minor AS "taxMinor",
        orders.included_tax_minor AS "includedTaxMinor",
        CASE WHEN own.id IS NOT NULL THEN jsonb_build_object(
          'goodsMinor', own.goods_minor::text, 'discountMinor', own.discount_minor::text,
          'shippingMinor', own.shipping_minor::text, 'taxMinor', own.tax_minor::text,
          'includedTaxMinor', own.included_tax_minor::text) END AS own,
        EXISTS (SELECT FROM received_orders WHERE order_id = orders.id AND seller_id = ${onlooker.id}) AS "wasConfirmed"
      FROM orders
      LEFT JOIN shipments AS own ON own.order_id = orders.id AND own.seller_id = ${onlooker.id}
      WHERE orders.id = ANY(${ids})`);
    const views = new Map(rows.map((row) => [row.id, viewOf(row, onlooker)]));
    return ids.map((id) => views.get(id) ?? null);
  },

  ordersOf: async (buyerId, { limit, after }) => {
    const rows = await keyed.rows<VisibleRow>(Prisma.sql`
      SELECT id, number, status, buyer_id AS "buyerId", total_minor AS "totalMinor", currency,
        failure_reason AS "failureReason", placed_at AS "placedAt", coupon_code AS "couponCode",
        goods_minor AS "goodsMinor", discount_minor AS "discountMinor", shipping_minor AS "shippingMinor",
        tax_minor AS "taxMinor", included_tax_minor AS "includedTaxMinor", NULL AS own, false AS "wasConfirmed"
      FROM orders
      WHERE buyer_id = ${buyerId} AND ${after === null ? Prisma.sql`TRUE` : Prisma.sql`id < ${after}`}
      ORDER BY id DESC LIMIT ${limit}`);
    return rows.map(wholeOf);
  },

  lines: async (ids) => {
    const rows = await keyed.rows<LineRow>(Prisma.sql`
      SELECT line.order_id AS "orderId", line.shipment_id AS "shipmentId", shipment.seller_id AS "sellerId",
        line.variant_id AS "variantId", line.title, line.quantity, line.backordered, line.cancelled, line.shipped, line.returned, line.unit_price_minor AS "unitMinor",
        line.total_minor AS "totalMinor", line.total_minor AS "goodsMinor", line.discount_minor AS "discountMinor",
        0::bigint AS "shippingMinor", line.tax_minor AS "taxMinor", line.included_tax_minor AS "includedTaxMinor",
        line.reasons, orders.currency
      FROM order_lines AS line
      JOIN shipments AS shipment ON shipment.id = line.shipment_id
      JOIN orders ON orders.id = line.order_id
      WHERE line.order_id = ANY(${ids})
      ORDER BY line.order_id, line.position`);
    return grouped(ids, rows.map(lineOf));
  },

  shipments: async (ids) => {
    const rows = await keyed.rows<ShipmentRow>(Prisma.sql`
      SELECT shipment.id, order_id AS "orderId", seller_id AS "sellerId", shipment.status, carrier,
        tracking_number AS "trackingNumber", shipping_method AS "shippingMethod",
        shipment.goods_minor AS "goodsMinor", shipment.discount_minor AS "discountMinor",
        shipment.shipping_minor AS "shippingMinor", shipment.tax_minor AS "taxMinor",
        shipment.included_tax_minor AS "includedTaxMinor", reasons, parcels, disputed, back_minor AS "backMinor", arrived_at AS "arrivedAt", orders.currency
      FROM shipments AS shipment JOIN orders ON orders.id = shipment.order_id
      WHERE order_id = ANY(${ids}) ORDER BY order_id, position`);
    return grouped(ids, rows.map(shipmentOf));
  },

  histories: async (ids) => {
    const rows = await keyed.rows<EventRow & Recording>(Prisma.sql`
      SELECT order_id AS "orderId", sequence, type, schema_version AS "schemaVersion", at, payload,
        causation_id AS "causationId", note.cancel_reason AS "cancelReason", CASE sequence WHEN 1 THEN (
          SELECT jsonb_object_agg(part.id, part.reason) FROM cancellation_notes AS part
          WHERE part.order_id = order_events.order_id) END AS "partReasons", CASE sequence WHEN 1 THEN (
          SELECT jsonb_agg(jsonb_build_array(said.return_id, said.about, said.text)) FROM return_notes AS said
          WHERE said.order_id = order_events.order_id) END AS "returnNotes"
      FROM order_events LEFT JOIN order_notes AS note USING (order_id)
      WHERE order_id = ANY(${ids}) ORDER BY order_id, sequence`);
    return grouped(ids, rows).map((own) => ({
      said: {
        whole: own[0]?.cancelReason ?? null,
        parts: new Map(Object.entries(own[0]?.partReasons ?? {})),
        returns: (own[0]?.returnNotes ?? []).map(([returnId, about, text]) => ({ returnId, about, text })),
      },
      recorded: own.map((row) => ({
        event: readStoredEvent(row),
        sequence: row.sequence,
        causationId: row.causationId,
      })),
    }));
  },

  purchases: createReadPurchases(client),

  guestOrder: async (tokenHash) => {
    const [row] = await keyed.rows<{ id: OrderId }>(Prisma.sql`
      SELECT order_id AS id FROM guest_orders WHERE token_hash = ${tokenHash}`);
    return row?.id ?? null;
  },

  guestEmails: async (ids) => {
    const rows = await keyed.rows<{ orderId: OrderId; email: string | null }>(Prisma.sql`
      SELECT order_id AS "orderId", email FROM guest_orders WHERE order_id = ANY(${ids})`);
    const emails = new Map(rows.map(({ orderId, email }) => [orderId, email]));
    return ids.map((id) => emails.get(id) ?? null);
  },

  addresses: async (ids) => {
    const rows = await keyed.rows<Address & { orderId: string }>(Prisma.sql`
      SELECT order_id AS "orderId", name, line1, line2, city, postal_code AS "postalCode", country, region
      FROM order_addresses WHERE order_id = ANY(${ids})`);
    const addresses = new Map(rows.map(({ orderId, ...address }) => [orderId as OrderId, address]));
    return ids.map((id) => addresses.get(id) ?? null);
  },

  ...createCartReads(client, keyed),
  ...createReturnReads(keyed),
});

/** The columns that amounts are kept in. */
type AmountColumns = {
  readonly goodsMinor: bigint;
  readonly discountMinor: bigint;
  readonly shippingMinor: bigint;
  readonly taxMinor: bigint;
  readonly includedTaxMinor: bigint;
};

/** A row's amounts, and the rest of it. */
const splitAmounts = <Row extends AmountColumns & { readonly currency: string }>(row: Row) => {
  const { goodsMinor, discountMinor, shippingMinor, taxMinor, includedTaxMinor, ...rest } = row;
  const money = (minor: bigint): Money => ({ minor, currency: row.currency });
  const amounts = amountsOf({
    goods: money(goodsMinor),
    discount: money(discountMinor),
    shipping: money(shippingMinor),
    tax: money(taxMinor),
    includedTax: money(includedTaxMinor),
  });
  return { amounts, rest };
};

type VisibleRow = Omit<OrderView, 'part' | 'total' | 'amounts' | 'placedAt'> &
  AmountColumns & {
    readonly totalMinor: bigint;
    readonly currency: string;
    readonly placedAt: Date;
    /** What the onlooker's own shipment comes to; null when they sell nothing in it. */
    readonly own: Readonly<Record<keyof AmountColumns, string>> | null;
    /** The onlooker, who sells in it, received it. */
    readonly wasConfirmed: boolean;
  };

const wholeOf = (row: VisibleRow): OrderView => {
  const { amounts, rest } = splitAmounts(row);
  const { totalMinor, currency, own: _own, wasConfirmed: _received, placedAt, ...order } = rest;
  return {
    ...order,
    part: 'WHOLE',
    total: { minor: totalMinor, currency },
    amounts,
    placedAt: instantOf(placedAt),
  };
};

/** The part that the onlooker may see, and what that comes to; null when there is none. */
const viewOf = (row: VisibleRow, onlooker: Onlooker): OrderView | null => {
  const { buyerId, own: shipment, wasConfirmed } = row;
  const part = partFor(onlooker, { buyerId, sellsIn: shipment !== null, wasConfirmed });
  if (part === null || part === 'WHOLE' || shipment === null) return part && wholeOf(row);
  const own = Object.fromEntries(
    Object.entries(shipment).map(([column, minor]) => [column, BigInt(minor)]),
  ) as AmountColumns;
  const { amounts } = splitAmounts({ ...own, currency: row.currency });
  return { ...wholeOf(row), part, total: amounts.total, amounts, couponCode: null };
};

type Recording = {
  readonly orderId: OrderId;
  readonly sequence: number;
  readonly causationId: string | null;
  readonly cancelReason: string | null;
  /** By the cancellation's id; with the first event alone. */
  readonly partReasons: Readonly<Record<string, string>> | null;
  /** With the first event alone. */
  readonly returnNotes: readonly (readonly [ReturnId, ReturnNoteAbout, string])[] | null;
};

type LineRow = Omit<OrderLineView, 'unitPrice' | 'total' | 'amounts' | 'reasons'> &
  AmountColumns & {
    readonly orderId: OrderId;
    readonly unitMinor: bigint;
    readonly totalMinor: bigint;
    readonly reasons: unknown;
    readonly currency: string;
  };

const lineOf = (row: LineRow) => {
  const { amounts, rest } = splitAmounts(row);
  const { unitMinor, totalMinor, currency, reasons, ...line } = rest;
  return {
    ...line,
    unitPrice: { minor: unitMinor, currency },
    total: { minor: totalMinor, currency },
    amounts,
    reasons: storedReasons.parse(reasons),
  };
};

type ShipmentRow = Omit<ShipmentView, 'amounts' | 'reasons' | 'back' | 'arrivedAt'> &
  AmountColumns & {
    readonly reasons: unknown;
    readonly backMinor: bigint;
    readonly arrivedAt: Date | null;
    readonly currency: string;
  };

const shipmentOf = (row: ShipmentRow): ShipmentView => {
  const { amounts, rest } = splitAmounts(row);
  const { currency, reasons, backMinor, arrivedAt: arrived, ...shipment } = rest;
  const back = { minor: backMinor, currency };
  const arrivedAt = arrived && instantOf(arrived);
  return { ...shipment, back, arrivedAt, amounts, reasons: storedReasons.parse(reasons) };
};
