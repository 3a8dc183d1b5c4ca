/** The tables that screens read, made from events and from nothing else, so that they can be made again. */
import { multiply } from '@emporium/domain';
import type { OrderId } from '../application/ports.ts';
import type { Shipment } from '../domain/order.ts';
import type { Placed } from '../domain/order-event.ts';
import { orderNumber } from '../domain/order-number.ts';
import type { Tx } from './database.ts';
import type { Step } from './history.ts';
import { liveTables, type ReadModelTables } from './read-model-tables.ts';

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
  const { total, lines, shipments } = event;
  await tx.$executeRaw`
    INSERT INTO ${tables.orders} (id, number, buyer_id, status, version, total_minor, currency, payment_method, placed_at)
    VALUES (${id}, ${orderNumber(id)}, ${event.buyerId}, ${status}, ${sequence}, ${total.minor}, ${total.currency},
      ${event.method}, ${event.at}::timestamptz)`;
  await tx.$executeRaw`
    INSERT INTO ${tables.shipments} (id, order_id, position, seller_id, status, amount_minor)
    SELECT id, ${id}, position, seller_id, 'PENDING', amount_minor::bigint
    FROM unnest(
      ${shipments.map((shipment) => shipment.id)}::text[],
      ${shipments.map(({ sellerId }) => sellerId)}::text[],
      ${shipments.map(({ amount }) => amount.minor.toString())}::text[]
    ) WITH ORDINALITY AS shipment (id, seller_id, amount_minor, position)`;
  await tx.$executeRaw`
    INSERT INTO ${tables.lines}
      (order_id, position, shipment_id, variant_id, title, quantity, unit_price_minor, total_minor)
    SELECT ${id}, position, shipment_id, variant_id, title, quantity, unit_price_minor::bigint, total_minor::bigint
    FROM unnest(
      ${lines.map(({ shipmentId }) => shipmentId)}::text[],
      ${lines.map(({ variantId }) => variantId)}::text[],
      ${lines.map(({ title }) => title)}::text[],
      ${lines.map(({ quantity }) => quantity)}::integer[],
      ${lines.map(({ unitPrice }) => unitPrice.minor.toString())}::text[],
      ${lines.map(({ unitPrice, quantity }) => multiply(unitPrice, quantity).minor.toString())}::text[]
    ) WITH ORDINALITY
      AS line (shipment_id, variant_id, title, quantity, unit_price_minor, total_minor, position)`;
};

const updateOrder = async (tx: Tx, tables: ReadModelTables, id: OrderId, step: Step): Promise<void> => {
  const { event, status, sequence } = step;
  const reason = event.type === 'Failed' ? event.reason : null;
  await tx.$executeRaw`
    UPDATE ${tables.orders}
    SET status = ${status}, version = ${sequence}, failure_reason = coalesce(${reason}, failure_reason)
    WHERE id = ${id}`;
  await updateWaiting(tx, tables, id, step);
  const changed = changedShipments(step);
  if (changed.length === 0) return;
  await tx.$executeRaw`
    UPDATE ${tables.shipments} AS shipment
    SET status = changed.status, carrier = changed.carrier, tracking_number = changed.tracking_number,
      released = changed.released
    FROM unnest(
      ${changed.map((shipment) => shipment.id)}::text[],
      ${changed.map((shipment) => shipment.status)}::text[],
      ${changed.map(({ carrier }) => carrier)}::text[],
      ${changed.map(({ trackingNumber }) => trackingNumber)}::text[],
      ${changed.map(({ released }) => released)}::boolean[]
    ) AS changed (id, status, carrier, tracking_number, released)
    WHERE shipment.id = changed.id`;
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
