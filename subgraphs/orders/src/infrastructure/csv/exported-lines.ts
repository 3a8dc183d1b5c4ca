import type { OrderLists, OrderQuery } from '../../application/order-lists.ts';
import type { OrderId, UserId } from '../../application/ports.ts';
import type { Tx } from '../database.ts';
import type { Admission } from './order-exports.ts';

/** A line of an order with what belongs to it: a row of the file. */
export type ExportedLine = {
  readonly orderId: string;
  readonly number: string;
  readonly placedAt: Date;
  readonly status: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly shipmentId: string;
  readonly shipmentStatus: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly variantId: string;
  readonly title: string;
  readonly quantity: number;
  readonly backordered: number;
  readonly unitPriceMinor: bigint;
  readonly goodsMinor: bigint;
  readonly discountMinor: bigint;
  readonly taxMinor: bigint;
  readonly includedTaxMinor: bigint;
  /** Of the whole order, with shipping. */
  readonly orderTotalMinor: bigint;
  readonly currency: string;
  /** Units of the line that are not sent after all, have left, and came back of those. */
  readonly cancelled: number;
  readonly shipped: number;
  readonly returned: number;
  /**
   * Of the whole shipment, with the first of its lines alone, so that rows sum: goods less discount, with tax and these two,
   * less what goes back, is what its seller has of it.
   */
  readonly shippingMinor: bigint;
  readonly shippingTaxMinor: bigint;
  readonly givenBackMinor: bigint;
  /** Where it goes; null once it has been erased. */
  readonly name: string | null;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly region: string | null;
  readonly country: string | null;
};

/** Orders at a time: all that is ever held. */
const batch = 200;

/** The orders that a token admits to. */
const queryOf = ({ kind, userId, placed }: Admission): OrderQuery => {
  const whose = { PURCHASES: { buyerId: userId }, SALES: { receivedBy: userId }, ALL: {} }[kind];
  return { ...whose, placed, sort: 'OLDEST' };
};

/** All lines that a token admits to, oldest order first: some hundred orders at a time, each as it is when its turn comes. */
export const exportedLines = async function* (
  client: Tx,
  lists: OrderLists,
  admission: Admission,
): AsyncGenerator<ExportedLine> {
  const seller = admission.kind === 'SALES' ? admission.userId : null;
  let after: OrderId | null = null;
  for (;;) {
    const ids: readonly OrderId[] = await lists.find(queryOf(admission), { limit: batch, after });
    if (ids.length === 0) return;
    yield* await linesOf(client, ids, seller);
    after = ids.at(-1) ?? null;
  }
};

/** Of these orders; with a seller only what is theirs. */
const linesOf = (
  client: Tx,
  ids: readonly OrderId[],
  seller: UserId | null,
): Promise<ExportedLine[]> => client.$queryRaw`
  SELECT orders.id AS "orderId", orders.number, orders.placed_at AS "placedAt", orders.status,
    orders.buyer_id AS "buyerId", shipment.seller_id AS "sellerId", shipment.id AS "shipmentId",
    shipment.status AS "shipmentStatus", shipment.carrier, shipment.tracking_number AS "trackingNumber",
    line.variant_id AS "variantId", line.title, line.quantity, line.backordered,
    line.unit_price_minor AS "unitPriceMinor", line.total_minor AS "goodsMinor",
    line.discount_minor AS "discountMinor", line.tax_minor AS "taxMinor",
    line.included_tax_minor AS "includedTaxMinor", orders.total_minor AS "orderTotalMinor", orders.currency,
    line.cancelled, line.shipped, line.returned,
    CASE WHEN line.is_first THEN shipment.shipping_minor ELSE 0 END AS "shippingMinor",
    CASE WHEN line.is_first THEN shipment.tax_minor - line.tax_of_all ELSE 0 END AS "shippingTaxMinor",
    CASE WHEN NOT line.is_first OR NOT orders.was_confirmed THEN 0
      WHEN shipment.status = 'CANCELLED' THEN shipment.amount_minor ELSE shipment.back_minor END AS "givenBackMinor",
    address.name, address.line1, address.line2, address.city, address.postal_code AS "postalCode",
    address.region, address.country
  FROM (
    SELECT *, EXISTS (SELECT FROM received_orders WHERE order_id = orders.id) AS was_confirmed
    FROM orders WHERE id = ANY(${ids})
  ) AS orders
  JOIN (
    SELECT *, position = min(position) OVER of_shipment AS is_first,
      (sum(tax_minor) OVER of_shipment)::bigint AS tax_of_all
    FROM order_lines WHERE order_id = ANY(${ids}) WINDOW of_shipment AS (PARTITION BY shipment_id)
  ) AS line ON line.order_id = orders.id
  JOIN shipments AS shipment ON shipment.id = line.shipment_id
  LEFT JOIN order_addresses AS address ON address.order_id = orders.id
  WHERE (${seller}::text IS NULL OR shipment.seller_id = ${seller})
  ORDER BY orders.id, line.position`;
