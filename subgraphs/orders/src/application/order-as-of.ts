import type { Instant, Money } from '@emporium/domain';
import { multiply } from '@emporium/domain';
import { type Onlooker, type Part, partFor } from '../domain/may-read.ts';
import { evolve, initial, type PlacedOrder, statusOf } from '../domain/order.ts';
import type { OrderEvent, Placed } from '../domain/order-event.ts';
import { orderNumber } from '../domain/order-number.ts';
import type { OrderId } from './ports.ts';
import type { OrderHistory, OrderLineView, OrderReads, OrderView, ShipmentView } from './reads.ts';

/** An order as it was, whole: what it led to came later. */
export type PastOrder = OrderView & {
  readonly past: {
    readonly lines: readonly OrderLineView[];
    readonly shipments: readonly ShipmentView[];
    readonly history: OrderHistory;
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
    return pictureOf(id, { ...history, recorded }, onlooker);
  };

const pictureOf = (id: OrderId, history: OrderHistory, onlooker: Onlooker): PastOrder | null => {
  const events = history.recorded.map(({ event }) => event);
  const [placed] = events;
  const order = events.reduce(evolve, initial);
  if (placed?.type !== 'Placed' || order.phase === 'ABSENT') return null;
  const own = placed.shipments.find(({ sellerId }) => sellerId === onlooker.id);
  const part = partFor(onlooker, { buyerId: placed.buyerId, sellsIn: own !== undefined });
  if (part === null) return null;
  return {
    id,
    number: orderNumber(id),
    status: statusOf(order),
    part,
    total: totalOf(placed, part),
    failureReason: failureOf(events),
    buyerId: placed.buyerId,
    placedAt: placed.at,
    past: { lines: linesOf(placed, order), shipments: shipmentsOf(id, order), history },
  };
};

const totalOf = ({ total, shipments }: Placed, part: Part): Money =>
  shipments.find(({ sellerId }) => sellerId === part)?.amount ?? total;

const failureOf = (events: readonly OrderEvent[]): string | null => {
  const failed = events.find(({ type }) => type === 'Failed');
  return failed?.type === 'Failed' ? failed.reason : null;
};

const linesOf = ({ lines }: Placed, { shipments, waiting }: PlacedOrder): OrderLineView[] =>
  lines.map(({ shipmentId, variantId, title, quantity, unitPrice }) => {
    const shipment = shipments.find(({ id }) => id === shipmentId);
    if (!shipment) throw new TypeError(`line ${variantId} is in no shipment`);
    const backordered = Math.min(waiting[variantId] ?? 0, quantity);
    const { sellerId } = shipment;
    const total = multiply(unitPrice, quantity);
    return { sellerId, shipmentId, variantId, title, quantity, backordered, unitPrice, total };
  });

const shipmentsOf = (orderId: OrderId, { shipments }: PlacedOrder): ShipmentView[] =>
  shipments.map(({ id, sellerId, status, carrier, trackingNumber }) => ({
    id,
    orderId,
    sellerId,
    status,
    carrier,
    trackingNumber,
  }));
