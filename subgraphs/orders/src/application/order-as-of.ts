import { type Instant, multiply, zero } from '@emporium/domain';
import { type Amounts, amountsOf } from '../domain/checkout/quote.ts';
import { type Onlooker, type Part, partFor } from '../domain/may-read.ts';
import { evolve, initial, type PlacedOrder, statusOf } from '../domain/order.ts';
import type { OrderEvent, Placed } from '../domain/order-event.ts';
import { orderNumber } from '../domain/order-number.ts';
import { countArrived } from '../domain/return.ts';
import { isDisputed, lastParcelOf, lineOf } from '../domain/shipment.ts';
import type { OrderId, UserId } from './ports.ts';
import type { OrderHistory, OrderLineView, OrderReads, OrderView, ShipmentView } from './reads.ts';
import type { ReturnView } from './returns/return-reads.ts';

/** An order as it was, whole: what it led to came later. */
export type PastOrder = OrderView & {
  readonly past: {
    readonly lines: readonly OrderLineView[];
    readonly shipments: readonly ShipmentView[];
    readonly history: OrderHistory;
    readonly returns: readonly ReturnView[];
  };
};

/** An order as it was at a moment; null before it was placed, and for whoever may not see it now. */
export const orderAsOf =
  (reads: OrderReads) =>
  async (id: OrderId, asOf: Instant, onlooker: Onlooker): Promise<PastOrder | null> => {
    const [history] = await reads.histories([id]);
    if (!history) return null;
    const later = history.recorded.findIndex(({ event }) => event.at > asOf);
    const recorded = later < 0 ? history.recorded : history.recorded.slice(0, later);
    return pictureOf(id, { ...history, recorded }, presentIn(history), onlooker);
  };

/** What the order is now decides who may see what it was. */
type Present = { readonly buyerId: UserId; readonly wasConfirmed: boolean };

const presentIn = ({ recorded }: OrderHistory): Present | null => {
  const order = recorded.reduce((before, { event }) => evolve(before, event), initial);
  const wasConfirmed = recorded.some(({ event }) => event.type === 'Confirmed');
  return order.phase === 'ABSENT' ? null : { buyerId: order.buyerId, wasConfirmed };
};

const pictureOf = (
  id: OrderId,
  history: OrderHistory,
  present: Present | null,
  onlooker: Onlooker,
): PastOrder | null => {
  const events = history.recorded.map(({ event }) => event);
  const [placed] = events;
  const order = events.reduce(evolve, initial);
  if (placed?.type !== 'Placed' || order.phase === 'ABSENT' || present === null) return null;
  const own = placed.shipments.find(({ sellerId }) => sellerId === onlooker.id);
  const part = partFor(onlooker, { ...present, sellsIn: own !== undefined });
  if (part === null) return null;
  const amounts = amountsFor(placed, part);
  return {
    id,
    number: orderNumber(id),
    status: statusOf(order),
    part,
    total: amounts.total,
    amounts,
    couponCode: part === 'WHOLE' ? (placed.coupon?.code ?? null) : null,
    failureReason: failureOf(events),
    buyerId: present.buyerId,
    placedAt: placed.at,
    past: {
      lines: linesOf(placed, order),
      shipments: shipmentsOf(id, placed, order),
      history,
      returns: returnsOf(id, order, history),
    },
  };
};

const amountsFor = ({ amounts, shipments }: Placed, part: Part): Amounts =>
  shipments.find(({ sellerId }) => sellerId === part)?.amounts ?? amounts;

const failureOf = (events: readonly OrderEvent[]): string | null => {
  const failed = events.find(({ type }) => type === 'Failed');
  return failed?.type === 'Failed' ? failed.reason : null;
};

const linesOf = ({ lines }: Placed, { shipments, waiting }: PlacedOrder): OrderLineView[] =>
  lines.map(({ discount, tax, includedTax, ...line }) => {
    const { shipmentId, variantId, quantity, unitPrice } = line;
    const shipment = shipments.find(({ id }) => id === shipmentId);
    if (!shipment) throw new TypeError(`line ${variantId} is in no shipment`);
    const backordered = Math.min(waiting[variantId] ?? 0, quantity);
    const { cancelled = 0, shipped = 0, returned = 0 } = lineOf(shipment, variantId) ?? {};
    const { sellerId } = shipment;
    const total = multiply(unitPrice, quantity);
    const shipping = zero(total.currency);
    const amounts = amountsOf({ goods: total, discount, shipping, tax, includedTax });
    return { ...line, sellerId, backordered, cancelled, shipped, returned, total, amounts };
  });

const shipmentsOf = (orderId: OrderId, placed: Placed, { shipments }: PlacedOrder): ShipmentView[] =>
  shipments.map((shipment) => {
    const { id, sellerId, status, parcels, back, arrivedAt } = shipment;
    const last = lastParcelOf(shipment);
    const planned = placed.shipments.find((each) => each.id === id);
    if (!planned) throw new TypeError(`shipment ${id} was never planned`);
    const { shippingMethod, amounts, reasons } = planned;
    return {
      id,
      orderId,
      sellerId,
      status,
      carrier: last?.carrier ?? null,
      trackingNumber: last?.trackingNumber ?? null,
      parcels,
      back,
      arrivedAt,
      disputed: isDisputed(shipment),
      shippingMethod,
      amounts,
      reasons,
    };
  });

/** What was said is as it is now. */
const returnsOf = (
  orderId: OrderId,
  { buyerId, shipments, returns }: PlacedOrder,
  { said }: OrderHistory,
): ReturnView[] =>
  returns.map(({ lines, arrived, ...each }) => {
    const shipment = shipments.find(({ id }) => id === each.shipmentId);
    if (!shipment) throw new TypeError(`return ${each.id} is of no shipment`);
    const own = said.returns.filter(({ returnId }) => returnId === each.id);
    return {
      ...each,
      orderId,
      buyerId,
      sellerId: shipment.sellerId,
      lines: lines.map((line) => ({ ...line, ...countArrived(arrived, line.variantId) })),
      said: Object.fromEntries(own.map(({ about, text }) => [about, text])),
    };
  });
