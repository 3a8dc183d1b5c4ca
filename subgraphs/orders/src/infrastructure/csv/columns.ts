/** The columns of a file of orders: a row for each line, with what its receiver may know of its order. */
import type { CsvColumn } from '@emporium/csv';
import { showMoney } from '@emporium/subgraph';
import type { ExportKind } from '../../application/export-orders.ts';
import type { ExportedLine } from './exported-lines.ts';

type Column = CsvColumn<ExportedLine>;

const text = (name: string, key: keyof ExportedLine): Column => ({
  name,
  write: (line) => (line[key] === null ? null : String(line[key])),
});

type Amount = {
  [Key in keyof ExportedLine]: ExportedLine[Key] extends bigint ? Key : never;
}[keyof ExportedLine];

const amount = (name: string, key: Amount): Column => ({
  name,
  write: (line) => showMoney({ minor: line[key], currency: line.currency }).amount,
});

const ofOrder: readonly Column[] = [
  text('order', 'number'),
  { name: 'placed_at', write: ({ placedAt }) => placedAt.toISOString() },
  text('status', 'status'),
];

const ofLine: readonly Column[] = [
  text('variant_id', 'variantId'),
  text('title', 'title'),
  text('quantity', 'quantity'),
  text('backordered', 'backordered'),
  amount('unit_price', 'unitPriceMinor'),
  amount('goods', 'goodsMinor'),
  amount('discount', 'discountMinor'),
  amount('tax', 'taxMinor'),
  amount('included_tax', 'includedTaxMinor'),
  text('currency', 'currency'),
  text('shipment_id', 'shipmentId'),
  text('shipment_status', 'shipmentStatus'),
  text('carrier', 'carrier'),
  text('tracking_number', 'trackingNumber'),
];

/** Whoever sees an order, sees where it goes. */
const ofAddress: readonly Column[] = [
  text('recipient', 'name'),
  text('line1', 'line1'),
  text('line2', 'line2'),
  text('city', 'city'),
  text('postal_code', 'postalCode'),
  text('region', 'region'),
  text('country', 'country'),
];

/** What the whole order comes to is not for who sells a part of it. */
const ofWhole: readonly Column[] = [
  amount('order_total', 'orderTotalMinor'),
  text('seller_id', 'sellerId'),
];

/** Appended after all others: whoever reads columns by their place finds the older ones where they were. */
const ofOutcome: readonly Column[] = [
  text('cancelled', 'cancelled'),
  text('shipped', 'shipped'),
  text('returned', 'returned'),
  amount('shipping', 'shippingMinor'),
  amount('shipping_tax', 'shippingTaxMinor'),
  amount('given_back', 'givenBackMinor'),
];

/** In the order in which they are written. */
export const columnsFor: Readonly<Record<ExportKind, readonly Column[]>> = {
  PURCHASES: [...ofOrder, ...ofLine, ...ofWhole, ...ofAddress, ...ofOutcome],
  SALES: [...ofOrder, text('order_id', 'orderId'), ...ofLine, ...ofAddress, ...ofOutcome],
  ALL: [
    ...ofOrder,
    text('order_id', 'orderId'),
    text('buyer_id', 'buyerId'),
    ...ofLine,
    ...ofWhole,
    ...ofAddress,
    ...ofOutcome,
  ],
};
