/** The tables that screens read, made from events and from nothing else, so that they can be made again. */
import { multiply } from '@emporium/domain';
import type { OrderId } from '../application/ports.ts';
import type { Reason } from '../domain/checkout/quote.ts';
import type { OrderStatus, PlacedOrder } from '../domain/order.ts';
import type { Placed } from '../domain/order-event.ts';
import { orderNumber } from '../domain/order-number.ts';
import { isDisputed, lastParcelOf, type Shipment } from '../domain/shipment.ts';
import type { Tx } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { Move } from './history.ts';
import { projectReturns } from './project-returns.ts';
import { liveTables, type ReadModelTables } from './read-model-tables.ts';
import { reasons as storedReasons } from './stored-amounts.ts';
import type { Writes } from './writes.ts';

/** Projects new steps to the orders' own rows. Each order moves once. */
export const projectOrders = async (
  writes: Writes,
  moves: readonly Move[],
  tables: ReadModelTables = liveTables,
): Promise<void> => {
  const placed = moves.flatMap(placedIn);
  if (placed.length > 0) writes.later(...insertOrders(tables, placed));
  const changes = moves.flatMap(changeIn);
  if (changes.length === 0) return;
  // Of what is only just being placed there would be no rows to change.
  if (placed.length > 0) await writes.flush();
  writes.later(updateOrders(tables, changes));
};

/**
 * Projects the same steps to the lines, returns and shipments of orders that are placed: one after the other, for two of them may
 * change the same row, and once nobody else can have moved the order on, for it is not asked again what they were.
 */
export const projectParts = async (
  tx: Tx,
  moves: readonly Move[],
  tables: ReadModelTables = liveTables,
): Promise<void> => {
  const changes = moves.flatMap(changeIn);
  if (changes.length === 0) return;
  await updateWaiting(tx, tables, changes);
  await projectReturns(tx, tables, changes);
  const shipments = changes.flatMap(changedShipments);
  if (shipments.length === 0) return;
  await updateShipments(tx, tables, shipments);
  await updateLines(tx, tables, shipments);
};

type PlacedOrders = readonly { readonly id: OrderId; readonly event: Placed }[];

const placedIn = ({ orderId: id, steps }: Move): PlacedOrders =>
  steps.flatMap(({ event }) => (event.type === 'Placed' ? [{ id, event }] : []));

const insertOrders = (tables: ReadModelTables, placed: PlacedOrders): readonly Prisma.Sql[] => {
  const shipments = placed.flatMap(({ id, event }) =>
    event.shipments.map((shipment, index) => ({ ...shipment, orderId: id, position: index + 1 })),
  );
  const lines = placed.flatMap(({ id, event }) =>
    event.lines.map((line, index) => ({ ...line, orderId: id, position: index + 1 })),
  );
  const inAll = (part: keyof Placed['amounts']) =>
    placed.map(({ event: { amounts } }) => amounts[part].minor.toString());
  const shipped = (part: keyof Placed['amounts']) =>
    shipments.map(({ amounts }) => amounts[part].minor.toString());
  return [
    Prisma.sql`
      INSERT INTO ${tables.orders} (id, number, buyer_id, status, version, total_minor, goods_minor, discount_minor,
        shipping_minor, tax_minor, included_tax_minor, coupon_code, currency, payment_method, placed_at)
      SELECT id, number, buyer_id, 'PENDING', 1, total_minor::bigint, goods_minor::bigint, discount_minor::bigint,
        shipping_minor::bigint, tax_minor::bigint, included_tax_minor::bigint, coupon_code, currency, payment_method,
        placed_at::timestamptz
      FROM unnest(
        ${placed.map(({ id }) => id)}::text[],
        ${placed.map(({ id }) => orderNumber(id))}::text[],
        ${placed.map(({ event }) => event.buyerId)}::text[],
        ${placed.map(({ event }) => event.total.minor.toString())}::text[],
        ${inAll('goods')}::text[],
        ${inAll('discount')}::text[],
        ${inAll('shipping')}::text[],
        ${inAll('tax')}::text[],
        ${inAll('includedTax')}::text[],
        ${placed.map(({ event }) => event.coupon?.code ?? null)}::text[],
        ${placed.map(({ event }) => event.total.currency)}::text[],
        ${placed.map(({ event }) => event.method)}::text[],
        ${placed.map(({ event }) => event.at)}::text[]
      ) AS placed (id, number, buyer_id, total_minor, goods_minor, discount_minor, shipping_minor, tax_minor,
        included_tax_minor, coupon_code, currency, payment_method, placed_at)`,
    Prisma.sql`
      INSERT INTO ${tables.shipments} (id, order_id, position, seller_id, status, amount_minor, shipping_method,
        goods_minor, discount_minor, shipping_minor, tax_minor, included_tax_minor, reasons)
      SELECT id, order_id, position, seller_id, 'PENDING', amount_minor::bigint, shipping_method, goods_minor::bigint,
        discount_minor::bigint, shipping_minor::bigint, tax_minor::bigint, included_tax_minor::bigint, reasons::jsonb
      FROM unnest(
        ${shipments.map(({ id }) => id)}::text[],
        ${shipments.map(({ orderId }) => orderId)}::text[],
        ${shipments.map(({ position }) => position)}::integer[],
        ${shipments.map(({ sellerId }) => sellerId)}::text[],
        ${shipments.map(({ amount }) => amount.minor.toString())}::text[],
        ${shipments.map(({ shippingMethod }) => shippingMethod)}::text[],
        ${shipped('goods')}::text[],
        ${shipped('discount')}::text[],
        ${shipped('shipping')}::text[],
        ${shipped('tax')}::text[],
        ${shipped('includedTax')}::text[],
        ${shipments.map(({ reasons }) => writeReasons(reasons))}::text[]
      ) AS shipment (id, order_id, position, seller_id, amount_minor, shipping_method, goods_minor, discount_minor,
        shipping_minor, tax_minor, included_tax_minor, reasons)`,
    Prisma.sql`
    INSERT INTO ${tables.lines} (order_id, position, shipment_id, variant_id, title, quantity, unit_price_minor,
      total_minor, discount_minor, tax_minor, included_tax_minor, reasons)
    SELECT order_id, position, shipment_id, variant_id, title, quantity, unit_price_minor::bigint, total_minor::bigint,
      discount_minor::bigint, tax_minor::bigint, included_tax_minor::bigint, reasons::jsonb
    FROM unnest(
      ${lines.map(({ orderId }) => orderId)}::text[],
      ${lines.map(({ position }) => position)}::integer[],
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
    ) AS line (order_id, position, shipment_id, variant_id, title, quantity, unit_price_minor, total_minor,
      discount_minor, tax_minor, included_tax_minor, reasons)`,
  ];
};

const writeReasons = (reasons: readonly Reason[]): string =>
  JSON.stringify(storedReasons.encode([...reasons]));

/** What an order became by all the steps that it took after it was placed. */
type Change = {
  readonly id: OrderId;
  readonly before: PlacedOrder;
  readonly after: PlacedOrder;
  readonly status: OrderStatus;
  /** The sequences of the event before those steps, and of the last of them. */
  readonly oldVersion: number;
  readonly version: number;
  readonly failureReason: string | null;
};

const changeIn = ({ orderId: id, steps }: Move): readonly Change[] => {
  const later = steps.filter(({ event }) => event.type !== 'Placed');
  const [first, last] = [later[0], later.at(-1)];
  if (!first || !last || first.before.phase === 'ABSENT') return [];
  const { after, status, sequence: version } = last;
  const failed = later.map(({ event }) => event).find((event) => event.type === 'Failed');
  const oldVersion = first.sequence - 1;
  const failureReason = failed?.reason ?? null;
  return [{ id, before: first.before, after, status, oldVersion, version, failureReason }];
};

/** What somebody else has moved on meanwhile is left alone: its history refuses these steps, too. */
const updateOrders = (tables: ReadModelTables, changes: readonly Change[]): Prisma.Sql => Prisma.sql`
    UPDATE ${tables.orders} AS ours
    SET status = changed.status, version = changed.version, failure_reason = coalesce(changed.failure_reason, ours.failure_reason),
      buyer_id = coalesce(changed.buyer_id, ours.buyer_id)
    FROM unnest(
      ${changes.map(({ id }) => id)}::text[],
      ${changes.map(({ status }) => status)}::text[],
      ${changes.map(({ oldVersion }) => oldVersion)}::integer[],
      ${changes.map(({ version }) => version)}::integer[],
      ${changes.map(({ failureReason }) => failureReason)}::text[],
      ${changes.map(newBuyerIn)}::text[]
    ) AS changed (id, status, old_version, version, failure_reason, buyer_id)
    WHERE ours.id = changed.id AND ours.version = changed.old_version`;

const updateShipments = async (
  tx: Tx,
  tables: ReadModelTables,
  changed: readonly Shipment[],
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE ${tables.shipments} AS shipment
    SET status = changed.status, carrier = changed.carrier, tracking_number = changed.tracking_number,
      released = changed.released, disputed = changed.disputed, back_minor = changed.back_minor::bigint,
      parcels = changed.parcels::jsonb, arrived_at = changed.arrived_at::timestamptz
    FROM unnest(
      ${changed.map((shipment) => shipment.id)}::text[],
      ${changed.map((shipment) => shipment.status)}::text[],
      ${changed.map((shipment) => lastParcelOf(shipment)?.carrier ?? null)}::text[],
      ${changed.map((shipment) => lastParcelOf(shipment)?.trackingNumber ?? null)}::text[],
      ${changed.map(({ payout, nothingLeft }) => payout !== 'NONE' || nothingLeft)}::boolean[],
      ${changed.map(isDisputed)}::boolean[],
      ${changed.map(({ back }) => back.minor.toString())}::text[],
      ${changed.map(({ parcels }) => JSON.stringify(parcels))}::text[],
      ${changed.map(({ arrivedAt }) => arrivedAt)}::text[]
    ) AS changed (id, status, carrier, tracking_number, released, disputed, back_minor, parcels, arrived_at)
    WHERE shipment.id = changed.id`;
};

/** Null when it is whose it was. */
const newBuyerIn = ({ before, after }: Change): string | null =>
  before.buyerId === after.buyerId ? null : after.buyerId;

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
  changes: readonly Change[],
): Promise<void> => {
  const changed = changes.filter(({ before, after }) => before.waiting !== after.waiting);
  if (changed.length === 0) return;
  const waiting = changed.flatMap(({ id, after }) =>
    Object.entries(after.waiting).map(([variantId, units]) => ({ id, variantId, units })),
  );
  await tx.$executeRaw`
    UPDATE ${tables.lines} AS line
    SET backordered = coalesce((
      SELECT least(waiting, quantity) FROM unnest(
        ${waiting.map(({ id }) => id)}::text[], ${waiting.map(({ variantId }) => variantId)}::text[],
        ${waiting.map(({ units }) => units)}::integer[]
      ) AS waits (order_id, variant_id, waiting)
      WHERE waits.order_id = line.order_id AND waits.variant_id = line.variant_id
    ), 0)
    WHERE order_id = ANY(${changed.map(({ id }) => id)})`;
};

/** Evolving keeps what it does not touch, so a new object is a changed shipment. */
const changedShipments = ({ before, after }: Change): readonly Shipment[] =>
  after.shipments.filter((shipment, index) => shipment !== before.shipments[index]);
