/** The tables that screens read, made from events and from nothing else, so that they can be made again. */
import { multiply } from '@emporium/domain';
import type { OrderId } from '../application/ports.ts';
import type { Reason } from '../domain/checkout/quote.ts';
import type { Placed } from '../domain/order-event.ts';
import { orderNumber } from '../domain/order-number.ts';
import type { Shipment } from '../domain/shipment.ts';
import type { Tx } from './database.ts';
import type { Step } from './history.ts';
import { projectReturns } from './project-returns.ts';
import { liveTables, type ReadModelTables } from './read-model-tables.ts';
import { reasons as storedReasons } from './stored-amounts.ts';

/** Projects new steps of an order. */
export const project = async (
  tx: Tx,
  id: OrderId,
  steps: readonly Step[],
  tables: ReadModelTables = liveTables,
): Promise<void> => {
  for (const step of steps) {
    if (step.event.type === 'Placed') await insertOrder(tx, tables, id, step.event, step);
    else await updateOrder(tx, tables, id, step);
  }
};

const insertOrder = async (
  tx: Tx,
  tables: ReadModelTables,
  id: OrderId,
  event: Placed,
  { status, sequence }: Step,
): Promise<void> => {
  const { total, amounts, lines, shipments } = event;
  await tx.$executeRaw`
    INSERT INTO ${tables.orders} (id, number, buyer_id, status, version, total_minor, goods_minor, discount_minor, shipping_minor,
      tax_minor, included_tax_minor, coupon_code, currency, payment_method, placed_at)
    VALUES (${id}, ${orderNumber(id)}, ${event.buyerId}, ${status}, ${sequence}, ${total.minor},
      ${amounts.goods.minor}, ${amounts.discount.minor}, ${amounts.shipping.minor}, ${amounts.tax.minor},
      ${amounts.includedTax.minor}, ${event.coupon?.code ?? null}, ${total.currency}, ${event.method},
      ${event.at}::timestamptz)`;
  const shipped = (part: Exclude<keyof typeof amounts, 'total'>) =>
    shipments.map((shipment) => shipment.amounts[part].minor.toString());
  await tx.$executeRaw`
    INSERT INTO ${tables.shipments} (id, order_id, position, seller_id, status, amount_minor, shipping_method, goods_minor,
      discount_minor, shipping_minor, tax_minor, included_tax_minor, reasons)
    SELECT id, ${id}, position, seller_id, 'PENDING', amount_minor::bigint, shipping_method, goods_minor::bigint,
      discount_minor::bigint, shipping_minor::bigint, tax_minor::bigint, included_tax_minor::bigint, reasons::jsonb
    FROM unnest(
      ${shipments.map((shipment) => shipment.id)}::text[],
      ${shipments.map(({ sellerId }) => sellerId)}::text[],
      ${shipments.map(({ amount }) => amount.minor.toString())}::text[],
      ${shipments.map(({ shippingMethod }) => shippingMethod)}::text[],
      ${shipped('goods')}::text[],
      ${shipped('discount')}::text[],
      ${shipped('shipping')}::text[],
      ${shipped('tax')}::text[],
      ${shipped('includedTax')}::text[],
      ${shipments.map(({ reasons }) => writeReasons(reasons))}::text[]
    ) WITH ORDINALITY AS shipment (id, seller_id, amount_minor, shipping_method, goods_minor, discount_minor,
      shipping_minor, tax_minor, included_tax_minor, reasons, position)`;
  await tx.$executeRaw`
    INSERT INTO ${tables.lines}
      (order_id, position, shipment_id, variant_id, title, quantity, unit_price_minor, total_minor, discount_minor,
      tax_minor, included_tax_minor, reasons)
    SELECT ${id}, position, shipment_id, variant_id, title, quantity, unit_price_minor::bigint, total_minor::bigint,
      discount_minor::bigint, tax_minor::bigint, included_tax_minor::bigint, reasons::jsonb
    FROM unnest(
      ${lines.map(({ shipmentId }) => shipmentId)}::text[],
      ${lines.map(({ variantId }) => variantId)}::text[],
      ${lines.map(({ title }) => title)}::text[],
      ${lines.map(({ quantity }) => quantity)}::integer[],
      ${lines.map(({ unitPrice }) => unitPrice.minor.toString())}::text[],
      ${lines.map(({ unitPrice, quantity }) => multiply(unitPrice, quantity).minor.toString())}::text[],
      ${lines.map(({ discount }) => discount.minor.toString())}::text[],
      ${lines.map(({ tax }) => tax.minor.toString())}::text[],
      ${lines.map(({ includedTax }) => includedTax.minor.toString())}::text[],
      ${lines.map(({ reasons }) => writeReasons(reasons))}::text[]
    ) WITH ORDINALITY AS line (shipment_id, variant_id, title, quantity, unit_price_minor, total_minor,
      discount_minor, tax_minor, included_tax_minor, reasons, position)`;
};

const writeReasons = (reasons: readonly Reason[]): string =>
  JSON.stringify(storedReasons.encode([...reasons]));

const updateOrder = async (tx: Tx, tables: ReadModelTables, id: OrderId, step: Step): Promise<void> => {
  const { event, status, sequence } = step;
  const reason = event.type === 'Failed' ? event.reason : null;
  await tx.$executeRaw`
    UPDATE ${tables.orders}
    SET status = ${status}, version = ${sequence}, failure_reason = coalesce(${reason}, failure_reason)
    WHERE id = ${id}`;
  await updateWaiting(tx, tables, id, step);
  await projectReturns(tx, tables, id, step);
  const changed = changedShipments(step);
  if (changed.length === 0) return;
  await tx.$executeRaw`
    UPDATE ${tables.shipments} AS shipment
    SET status = changed.status, carrier = changed.carrier, tracking_number = changed.tracking_number,
      released = changed.released, back_minor = changed.back_minor::bigint, parcels = changed.parcels::jsonb,
      arrived_at = changed.arrived_at::timestamptz
    FROM unnest(
      ${changed.map((shipment) => shipment.id)}::text[],
      ${changed.map((shipment) => shipment.status)}::text[],
      ${changed.map(({ carrier }) => carrier)}::text[],
      ${changed.map(({ trackingNumber }) => trackingNumber)}::text[],
      ${changed.map(({ released }) => released)}::boolean[],
      ${changed.map(({ back }) => back.minor.toString())}::text[],
      ${changed.map(({ parcels }) => JSON.stringify(parcels))}::text[],
      ${changed.map(({ arrivedAt }) => arrivedAt)}::text[]
    ) AS changed (id, status, carrier, tracking_number, released, back_minor, parcels, arrived_at)
    WHERE shipment.id = changed.id`;
  await updateLines(tx, tables, changed);
};

/** How much of its lines has left, how much never will, and how much came back. */
const updateLines = async (
  tx: Tx,
  tables: ReadModelTables,
  changed: readonly Shipment[],
): Promise<void> => {
  const lines = changed.flatMap(({ id, lines: its }) => its.map((line) => ({ ...line, shipmentId: id })));
  await tx.$executeRaw`
    UPDATE ${tables.lines} AS line
    SET cancelled = changed.cancelled, shipped = changed.shipped, returned = changed.returned
    FROM unnest(
      ${lines.map(({ shipmentId }) => shipmentId)}::text[],
      ${lines.map(({ variantId }) => variantId)}::text[],
      ${lines.map(({ cancelled }) => cancelled)}::integer[],
      ${lines.map(({ shipped }) => shipped)}::integer[],
      ${lines.map(({ returned }) => returned)}::integer[]
    ) AS changed (shipment_id, variant_id, cancelled, shipped, returned)
    WHERE line.shipment_id = changed.shipment_id AND line.variant_id = changed.variant_id`;
};

/** An order that was called off waits for nothing. */
const updateWaiting = async (
  tx: Tx,
  tables: ReadModelTables,
  id: OrderId,
  { before, after }: Step,
): Promise<void> => {
  if (before.phase === 'ABSENT' || after.phase === 'ABSENT' || before.waiting === after.waiting) return;
  const waiting = Object.entries(after.waiting);
  await tx.$executeRaw`
    UPDATE ${tables.lines} AS line
    SET backordered = coalesce((
      SELECT least(waiting, quantity) FROM unnest(
        ${waiting.map(([variantId]) => variantId)}::text[], ${waiting.map(([, units]) => units)}::integer[]
      ) AS waits (variant_id, waiting)
      WHERE waits.variant_id = line.variant_id
    ), 0)
    WHERE order_id = ${id}`;
};

/** Evolving keeps what it does not touch, so a new object is a changed shipment. */
const changedShipments = ({ before, after }: Step): readonly Shipment[] => {
  if (before.phase === 'ABSENT' || after.phase === 'ABSENT') return [];
  return after.shipments.filter((shipment, index) => shipment !== before.shipments[index]);
};
